import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** DynamoDB counts every map and list with 3 bytes and each of its elements with 1 (its developer guide, "Item sizes"). */
const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;

/** What DynamoDB bills an item as, in bytes: names and values in UTF-8, about a byte for two digits. */
export function itemBytes(item: Readonly<Record<string, AttributeValue>>): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.replace(/[-.]/g, '').length / 2) + 1;
  if (value.M !== undefined)
    return CONTAINER_BYTES + itemBytes(value.M) + ELEMENT_BYTES * Object.keys(value.M).length;
  if (value.L !== undefined)
    return value.L.reduce((sum, one) => sum + valueBytes(one) + ELEMENT_BYTES, CONTAINER_BYTES);
  // On its way over the wire it is base64.
  if (value.B !== undefined) return Buffer.from(value.B as never, 'base64').byteLength;
  return 1;
}

/** Every started KB is a unit. */
export const writeUnits = (bytes: number): number => Math.ceil(bytes / 1024);
