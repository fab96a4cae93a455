/** What a target throws where something that must hold does not. */

export class Fault extends Error {
  constructor(message) {
    super(message);
    this.name = "Fault";
  }
}
