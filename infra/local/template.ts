import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { ACCOUNT, REGION } from './arn.ts';

/** A resource of the template, as written: its properties still hold `Ref` and the like. */
export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** A synthesized stack. */
export interface Template {
  readonly stackName: string;
  /** The resources whose condition holds, by logical id. */
  readonly resources: Readonly<Record<string, Resource>>;
  /** A name for people: the construct's path, such as `Ingest`, or else the logical id. */
  nameOf(logicalId: string): string;
  /** The folder of an asset, by the object key under which it would be uploaded. */
  assetDir(objectKey: string): string;
  /** A value with everything in it resolved. */
  resolve(value: unknown, lookup: Lookup): unknown;
  outputs(lookup: Lookup): Record<string, string>;
}

/** What `Ref` and `Fn::GetAtt` give for a resource; throws for what is not known. */
export interface Lookup {
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): string;
}

interface Document {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Mappings?: Readonly<Record<string, Record<string, Record<string, unknown>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; Condition?: string }>>;
}

/** Reads `<Stack>.template.json` and the asset manifest beside it. */
export function readTemplate(file: string): Template {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
  const stackName = basename(file).replace(/\.template\.json$/, '');
  const pseudo: Readonly<Record<string, string | null>> = {
    'AWS::AccountId': ACCOUNT,
    'AWS::Region': REGION,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stackName}/local`,
    'AWS::NoValue': null,
  };

  function holds(condition: string): boolean {
    const written = document.Conditions?.[condition];
    if (written === undefined) throw new Error(`the template has no condition ${condition}`);
    return evaluate(written, NOTHING) === true;
  }

  /** Undefined stands for `AWS::NoValue`: the property or element goes away. */
  function evaluate(value: unknown, lookup: Lookup): unknown {
    if (Array.isArray(value)) {
      return value.map((one) => evaluate(one, lookup)).filter((one) => one !== undefined);
    }
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value);
    const [[name, argument] = ['', undefined]] = entries;
    if (
      entries.length === 1 &&
      (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))
    ) {
      const isCall = name !== 'Condition' || typeof argument === 'string';
      if (isCall) return call(name, argument, lookup);
    }
    const resolved = entries.map(([key, one]) => [key, evaluate(one, lookup)] as const);
    return Object.fromEntries(resolved.filter(([, one]) => one !== undefined));
  }

  function refer(name: string, lookup: Lookup): unknown {
    if (name in pseudo) return pseudo[name] ?? undefined;
    const parameter = document.Parameters?.[name];
    return parameter === undefined ? lookup.ref(name) : parameter.Default;
  }

  function call(name: string, argument: unknown, lookup: Lookup): unknown {
    const value = (one: unknown) => evaluate(one, lookup);
    const list = argument as readonly unknown[];
    switch (name) {
      case 'Ref':
        return refer(String(argument), lookup);
      case 'Fn::GetAtt': {
        const [id = '', ...path] = Array.isArray(argument) ? argument : String(argument).split('.');
        return lookup.attribute(String(id), path.join('.'));
      }
      case 'Fn::Join':
        return (value(list[1]) as unknown[]).join(String(list[0]));
      case 'Fn::Select':
        return (value(list[1]) as unknown[])[Number(value(list[0]))];
      case 'Fn::Split':
        return String(value(list[1])).split(String(list[0]));
      case 'Fn::Sub':
        return substitute(argument, lookup);
      case 'Fn::FindInMap': {
        const [map, first, second] = list.map(value).map(String);
        const found = document.Mappings?.[map ?? '']?.[first ?? '']?.[second ?? ''];
        if (found === undefined) throw new Error(`no mapping ${map}.${first}.${second}`);
        return found;
      }
      case 'Fn::If':
        return value(holds(String(list[0])) ? list[1] : list[2]);
      case 'Condition':
        return holds(String(argument));
      case 'Fn::Equals':
        return JSON.stringify(value(list[0])) === JSON.stringify(value(list[1]));
      case 'Fn::Not':
        return value(list[0]) !== true;
      case 'Fn::And':
        return list.every((one) => value(one) === true);
      case 'Fn::Or':
        return list.some((one) => value(one) === true);
      case 'Fn::Base64':
        return Buffer.from(String(value(argument))).toString('base64');
      default:
        throw new Error(`the local host does not know ${name}`);
    }
  }

  /** `arn:${AWS::Partition}:s3:::${Inbox}`, or the same with a list of variables. */
  function substitute(argument: unknown, lookup: Lookup): string {
    const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [
      string,
      Record<string, unknown>,
    ];
    return text.replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
      if (literal) return whole.replace('!', '');
      if (name in variables) return String(evaluate(variables[name], lookup));
      const found = name.includes('.') ? call('Fn::GetAtt', name, lookup) : refer(name, lookup);
      return String(found);
    });
  }

  const isThere = ([, { Condition: name }]: readonly [string, { readonly Condition?: string }]) =>
    name === undefined || holds(name);
  const resources = Object.fromEntries(Object.entries(document.Resources).filter(isThere));
  return {
    stackName,
    resources,
    nameOf(logicalId) {
      const path = resources[logicalId]?.Metadata?.['aws:cdk:path'];
      if (typeof path !== 'string') return logicalId;
      return path.replace(/^[^/]*\//, '').replace(/\/Resource$/, '');
    },
    assetDir: assetsBeside(file, stackName),
    resolve: evaluate,
    outputs(lookup) {
      const wanted = Object.entries(document.Outputs ?? {}).filter(isThere);
      return Object.fromEntries(
        wanted.map(([name, { Value }]) => [name, String(evaluate(Value, lookup))]),
      );
    },
  };
}

/** Conditions cannot see resources. */
const NOTHING: Lookup = {
  ref: (id) => {
    throw new Error(`a condition refers to ${id}`);
  },
  attribute: (id) => {
    throw new Error(`a condition refers to ${id}`);
  },
};

interface AssetManifest {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

function assetsBeside(file: string, stackName: string): (objectKey: string) => string {
  const dir = dirname(file);
  return (objectKey) => {
    const manifestFile = resolve(dir, `${stackName}.assets.json`);
    const { files } = JSON.parse(readFileSync(manifestFile, 'utf8')) as AssetManifest;
    for (const { source, destinations } of Object.values(files)) {
      const isIt = Object.values(destinations).some((to) => to.objectKey === objectKey);
      if (isIt) return resolve(dir, source.path);
    }
    throw new Error(`${manifestFile} has no asset ${objectKey}: run the synthesis again`);
  };
}
