import protobuf from 'protobufjs/light.js';

/** The parts of onnx.proto (ONNX's IR, version 10) that models here have; field numbers are those of the standard. */
const schema = protobuf.Root.fromJSON({
  nested: {
    Entry: { fields: { key: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } } },
    OperatorSet: { fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } } },
    Tensor: {
      fields: {
        dims: { rule: 'repeated', type: 'int64', id: 1 },
        dataType: { type: 'int32', id: 2 },
        name: { type: 'string', id: 8 },
        rawData: { type: 'bytes', id: 9 },
        externalData: { rule: 'repeated', type: 'Entry', id: 13 },
        dataLocation: { type: 'int32', id: 14 },
      },
    },
    Attribute: {
      fields: {
        name: { type: 'string', id: 1 },
        f: { type: 'float', id: 2 },
        i: { type: 'int64', id: 3 },
        s: { type: 'bytes', id: 4 },
        g: { type: 'Graph', id: 6 },
        ints: { rule: 'repeated', type: 'int64', id: 8 },
        type: { type: 'int32', id: 20 },
      },
    },
    Node: {
      fields: {
        input: { rule: 'repeated', type: 'string', id: 1 },
        output: { rule: 'repeated', type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        opType: { type: 'string', id: 4 },
        attribute: { rule: 'repeated', type: 'Attribute', id: 5 },
      },
    },
    Dimension: { fields: { dimValue: { type: 'int64', id: 1 }, dimParam: { type: 'string', id: 2 } } },
    Shape: { fields: { dim: { rule: 'repeated', type: 'Dimension', id: 1 } } },
    TensorType: { fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'Shape', id: 2 } } },
    Type: { fields: { tensorType: { type: 'TensorType', id: 1 } } },
    ValueInfo: { fields: { name: { type: 'string', id: 1 }, type: { type: 'Type', id: 2 } } },
    Graph: {
      fields: {
        node: { rule: 'repeated', type: 'Node', id: 1 },
        name: { type: 'string', id: 2 },
        initializer: { rule: 'repeated', type: 'Tensor', id: 5 },
        input: { rule: 'repeated', type: 'ValueInfo', id: 11 },
        output: { rule: 'repeated', type: 'ValueInfo', id: 12 },
      },
    },
    Model: {
      fields: {
        irVersion: { type: 'int64', id: 1 },
        producerName: { type: 'string', id: 2 },
        producerVersion: { type: 'string', id: 3 },
        graph: { type: 'Graph', id: 7 },
        opsetImport: { rule: 'repeated', type: 'OperatorSet', id: 8 },
        metadataProps: { rule: 'repeated', type: 'Entry', id: 14 },
      },
    },
  },
});

/** Types of values by their numbers in the standard. */
export const dataTypes = { float: 1, int64: 7, float16: 10, double: 11, bfloat16: 16 } as const;
export type DataType = keyof typeof dataTypes;

/** The version of the operators that graphs are written in. */
export const opset = 20;
const irVersion = 10;

interface Entry {
  readonly key: string;
  readonly value: string;
}

export interface TensorRecord {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly rawData?: Uint8Array;
  readonly externalData?: readonly Entry[];
  readonly dataLocation?: number;
}

export interface AttributeRecord {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly g?: SubgraphRecord;
  readonly ints?: readonly number[];
}

/** A graph within a node, which sees the values of the graph around it. Its own have no shapes. */
export interface SubgraphRecord {
  readonly name: string;
  readonly node: readonly NodeRecord[];
  readonly input: readonly object[];
  readonly output: readonly object[];
}

export interface NodeRecord {
  readonly name: string;
  readonly opType: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly AttributeRecord[];
}

/** Of a value that goes in or out: a number is a fixed size, a name one that a caller chooses. */
export interface ValueRecord {
  readonly name: string;
  readonly type: DataType;
  readonly shape: readonly (number | string)[];
}

export interface GraphRecord {
  readonly name: string;
  readonly node: readonly NodeRecord[];
  readonly initializer: readonly TensorRecord[];
  readonly input: readonly ValueRecord[];
  readonly output: readonly ValueRecord[];
}

const valueInfo = ({ name, type, shape }: ValueRecord) => ({
  name,
  type: {
    tensorType: {
      elemType: dataTypes[type],
      shape: { dim: shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size })) },
    },
  },
});

/** A value of a graph within a node, in fp32. */
export const floatInfo = (name: string): object => ({ name, type: { tensorType: { elemType: dataTypes.float } } });

/** The bytes of an .onnx file. */
export function encodeModel(
  { input, output, ...graph }: GraphRecord,
  { version, metadata }: { version: string; metadata: Readonly<Record<string, string>> },
): Uint8Array {
  const model = schema.lookupType('Model');
  return model
    .encode(
      model.fromObject({
        irVersion,
        producerName: 'Hyena Studio',
        producerVersion: version,
        opsetImport: [{ domain: '', version: opset }],
        metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
        graph: { ...graph, input: input.map(valueInfo), output: output.map(valueInfo) },
      }),
    )
    .finish();
}
