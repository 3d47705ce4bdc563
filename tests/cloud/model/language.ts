/** What the model and the SDK are both told to do: the calls of the SDK as plain values. */
export type Scalar = null | number | string | boolean;
export type Value = Scalar | Value[] | { [field: string]: Value };
export type Row = { _id: string; [field: string]: Value };

export type Condition =
  | { field: string; op: 'eq' | 'neq' | 'gt' | 'gte' | 'lt' | 'lte'; value: Scalar }
  | { field: string; op: 'in' | 'nin'; value: Scalar[] }
  | { field: string; op: 'exists'; value: boolean }
  | { all: Condition[] }
  | { any: Condition[] };

export type Change =
  | { field: string; op: 'set'; value: Value }
  | { field: string; op: 'remove' }
  | { field: string; op: 'pop' | 'shift' }
  | { field: string; op: 'inc' | 'mul' | 'min' | 'max'; value: number }
  | { field: string; op: 'addToSet' | 'pull'; value: number }
  | { field: string; op: 'unshift' | 'pullAll'; value: number[] }
  | { field: string; op: 'push'; value: number[]; position?: number; sort?: 1 | -1; slice?: number }
  | { field: string; op: 'rename'; to: string };

export type DocumentStep =
  | { act: 'add'; rows: Row[] }
  | { act: 'get'; id: string }
  | { act: 'set'; id: string; data: Omit<Row, '_id'> }
  | { act: 'update'; id: string; changes: Change[] }
  | { act: 'remove'; id: string };

export type Step =
  | DocumentStep
  | { act: 'find'; where: Condition; sort: [field: string, direction: 1 | -1][]; skip: number; limit: number }
  | { act: 'count' | 'removeWhere'; where: Condition }
  | { act: 'updateWhere'; where: Condition; changes: Change[] }
  | { act: 'transaction'; steps: DocumentStep[]; commits: boolean };

/** What a step answers; 'refused' stands for every error. */
export type Reply = 'refused' | number | Row | null | Row[] | Reply[];
