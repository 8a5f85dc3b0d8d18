// Imported before anything else, so this file uses nothing that an old Node lacks, and has no imports.

/** The major version that the project is pinned to (`.nvmrc`, the `node` package in package-lock.json). */
const wanted = 24;

/** Says what to do when this is not the pinned Node, and ends the process. */
export function checkNode(version: string = process.versions.node): void {
  if (Number(version.split('.')[0]) >= wanted) return;
  process.stderr.write(nodeRemedy(version));
  process.exit(1);
}

/** The text for a Node that is too old. */
export function nodeRemedy(version: string): string {
  return `Crossdock needs Node ${wanted}; this is ${version}.

npm installs the right one with the project (package "node"), but its install script did not run, so it is not there.
Either let npm run it:
    npm install-scripts approve node
    npm rebuild node
or use Node ${wanted} yourself (see .nvmrc), for instance: nvm install ${wanted}
`;
}
