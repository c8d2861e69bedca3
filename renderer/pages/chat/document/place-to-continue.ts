/** A place in a document from which a model is to write on. */
export interface PlaceToContinue {
  readonly document: string;
  /** In UTF-16 units of the text: what stands before it is what the model goes on from. */
  readonly offset: number;
  /** The same for a job of the host: `@1234`. */
  readonly at: string;
  /** For a person. */
  readonly label: string;
}
