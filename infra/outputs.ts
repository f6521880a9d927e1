/** What to type next, printed after a deployment. */
export function nextCommands(inboxBucket: string, stack: string): Readonly<Record<string, string>> {
  return {
    DropAFile: `aws s3 cp article.txt s3://${inboxBucket}/`,
    Subscribe: `npx rasid subscribe email you@example.org --topic visit --stack ${stack}`,
  };
}
