import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from './arn.ts';
import { AwsError } from './aws-error.ts';
import type { HttpAnswer } from './http.ts';
import { element } from './xml.ts';

/** What is deployed here, as CloudFormation tells it. */
export interface DeployedStack {
  readonly name: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: readonly {
    readonly logicalId: string;
    readonly physicalId: string;
    readonly type: string;
  }[];
}

/** The reading half of CloudFormation, and who one is: enough to find a stack's resources by its outputs. */
export function answerStackApi(
  action: string,
  query: URLSearchParams,
  stack: DeployedStack,
  now: number,
): HttpAnswer {
  const stackId = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stack.name}/local`;
  const created = element('CreationTime', new Date(now).toISOString());
  const status = element('StackStatus', 'CREATE_COMPLETE');
  const asked = query.get('StackName');
  const isKnown = asked === null || asked === stack.name || asked === stackId;
  if (action !== 'GetCallerIdentity' && !isKnown) {
    throw new AwsError('ValidationError', `Stack with id ${asked} does not exist`);
  }
  switch (action) {
    case 'GetCallerIdentity':
      return answer(
        action,
        'https://sts.amazonaws.com/doc/2011-06-15/',
        element('Arn', `arn:aws:iam::${ACCOUNT}:root`) +
          element('UserId', ACCOUNT) +
          element('Account', ACCOUNT),
      );
    case 'DescribeStacks': {
      const outputs = Object.entries(stack.outputs).map(
        ([key, value]) =>
          `<member>${element('OutputKey', key)}${element('OutputValue', value)}</member>`,
      );
      const inside = `${element('StackId', stackId)}${element('StackName', stack.name)}${created}${status}<Outputs>${outputs.join('')}</Outputs>`;
      return answer(action, CLOUDFORMATION, `<Stacks><member>${inside}</member></Stacks>`);
    }
    case 'ListStackResources':
    case 'DescribeStackResources': {
      const members = stack.resources.map(
        (one) =>
          `<member>${element('LogicalResourceId', one.logicalId)}${element('PhysicalResourceId', one.physicalId)}${element('ResourceType', one.type)}${element('ResourceStatus', 'CREATE_COMPLETE')}</member>`,
      );
      const name = action === 'ListStackResources' ? 'StackResourceSummaries' : 'StackResources';
      return answer(action, CLOUDFORMATION, `<${name}>${members.join('')}</${name}>`);
    }
    default:
      throw new AwsError('InvalidAction', `the local host does not serve ${action}`);
  }
}

const CLOUDFORMATION = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

function answer(action: string, namespace: string, inside: string): HttpAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<${action}Response xmlns="${namespace}"><${action}Result>${inside}</${action}Result><ResponseMetadata>${element('RequestId', randomUUID())}</ResponseMetadata></${action}Response>`,
  };
}
