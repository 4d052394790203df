/** The health check of a service's container: exit code 0 when the service on PORT is ready. */
const url = `http://127.0.0.1:${process.env['PORT'] ?? ''}/health/ready`;
const ready = await fetch(url, { signal: AbortSignal.timeout(4000) }).then(
  (response) => response.ok,
  () => false,
);
process.exitCode = ready ? 0 : 1;
