/** A draft on its way from an article to the workbench: a false alarm that became a failing test. */
let waiting: string | null = null;

export const drafts = {
  leave(yaml: string): void {
    waiting = yaml;
  },
  /** Gives it once. */
  take(): string | null {
    const yaml = waiting;
    waiting = null;
    return yaml;
  },
};
