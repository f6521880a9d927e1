import type { FunctionSpec } from './lambda.ts';
import { allows, type PolicyDocument } from './permissions.ts';
import type { Created } from './resource-types.ts';
import type { Template } from './template.ts';

interface FunctionProperties {
  readonly Code: { readonly S3Key?: string };
  readonly Handler: string;
  readonly Runtime: string;
  readonly Role: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
}
interface RoleProperties {
  readonly Policies?: readonly { readonly PolicyDocument: PolicyDocument }[];
}
interface PolicyProperties {
  readonly Roles?: readonly string[];
  readonly PolicyDocument: PolicyDocument;
}

/** The functions of a template, with their code and what their roles allow; throws for what cannot run here. */
export function functionsOf(
  template: Template,
  all: <Properties>(type: string) => Created<Properties>[],
): FunctionSpec[] {
  const roles = all<RoleProperties>('AWS::IAM::Role');
  const policies = [
    ...all<PolicyProperties>('AWS::IAM::Policy'),
    ...all<PolicyProperties>('AWS::IAM::ManagedPolicy'),
  ];
  return all<FunctionProperties>('AWS::Lambda::Function').map(
    ({ id, name, attributes, properties }) => {
      if (!properties.Runtime.startsWith('nodejs')) {
        throw new Error(`${id}: the local host runs Node.js only, not ${properties.Runtime}`);
      }
      if (properties.Code.S3Key === undefined) throw new Error(`${id}: its code is not an asset`);
      const role = roles.find((one) => one.attributes['Arn'] === properties.Role);
      const documents = [
        ...(role?.properties.Policies ?? []).map((one) => one.PolicyDocument),
        ...policies
          .filter((policy) => policy.properties.Roles?.includes(role?.name ?? '') === true)
          .map((policy) => policy.properties.PolicyDocument),
      ];
      return {
        name,
        label: template.nameOf(id),
        arn: attributes['Arn'] ?? '',
        dir: template.assetDir(properties.Code.S3Key),
        handler: properties.Handler,
        runtime: properties.Runtime,
        timeoutSeconds: properties.Timeout ?? 3,
        memoryMb: properties.MemorySize ?? 128,
        env: properties.Environment?.Variables ?? {},
        may: (action, resource) => allows(documents, action, resource),
      };
    },
  );
}
