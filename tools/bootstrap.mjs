/**
 * The first file of every command: it needs nothing but Node, installs and builds what is missing,
 * and goes on with the Node 24 that package.json pins. Usage: node tools/bootstrap.mjs <command> [arguments…]
 */
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    `Yidi needs Node 20 or newer to start, and this is Node ${process.versions.node}; install a newer Node.`,
  );
  process.exitCode = 1;
} else {
  import('./bootstrap/main.mjs').then((bootstrap) => bootstrap.main(process.argv.slice(2)));
}
