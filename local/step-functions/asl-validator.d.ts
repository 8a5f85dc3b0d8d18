/** The part of asl-validator 4 that is used here; the package has no types of its own. */
declare module 'asl-validator' {
  function validate(definition: object): { isValid: boolean; errors: { 'Error code': string; Message: string }[] };
  export = validate;
}
