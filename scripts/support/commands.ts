import { dataFolder } from "./paths";
import { type Environment, startChild } from "./processes";

/** Runs a Node program of this repository to its end. Throws with its last lines when it fails. */
export async function runNode(
  name: string,
  commandArguments: string[],
  environment: Environment = {},
): Promise<void> {
  const child = startChild({
    name,
    command: process.execPath,
    arguments: commandArguments,
    environment: { ...process.env, ...environment },
    logFile: `${dataFolder}/logs/${name.replaceAll(" ", "-")}.log`,
  });
  const sentence = await child.ended;
  if (!sentence.endsWith("exit code 0")) throw new Error(`${sentence}.\n${child.tail()}`);
}
