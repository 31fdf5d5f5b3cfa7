// Preloaded into every process that the demo and the tests start. The channel to the parent closes
// when the parent dies, even by SIGKILL; then nobody is left to stop this process, so it stops
// itself the way it would have been stopped.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
