/**
 * Calls that are made at the same time share one statement: one round trip and one commit for many.
 * A lone call goes at once; those that come while all lanes are busy go together in the next free
 * one. Nothing is decided here: each call gets its own answer or its own error.
 */
export type Batcher<Input, Output> = (input: Input) => Promise<Output>;

interface Waiting<Input, Output> {
  input: Input;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

export interface BatcherOptions<Input, Output> {
  /** Statements under way at the same time. With one, calls share most and each costs least. */
  lanes: number;
  /** Bounds one statement; what is over waits for the next. */
  sizeMax: number;
  /** One answer for each input, in their order. Throwing fails all who share it or wait for a lane. */
  run(inputs: Input[]): Promise<readonly (Output | Error)[]>;
}

export function createBatcher<Input, Output>(
  options: BatcherOptions<Input, Output>,
): Batcher<Input, Output> {
  const waiting: Waiting<Input, Output>[] = [];
  let lanesBusy = 0;

  async function drain(): Promise<void> {
    lanesBusy += 1;
    while (waiting.length > 0) {
      const taken = waiting.splice(0, options.sizeMax);
      try {
        const outputs = await options.run(taken.map(({ input }) => input));
        for (const [index, call] of taken.entries()) {
          const output = outputs[index];
          if (output instanceof Error) call.reject(output);
          else call.resolve(output as Output);
        }
      } catch (error) {
        // Whoever waits would only wait as long again for the same: they hear of it now.
        for (const call of [...taken, ...waiting.splice(0)]) call.reject(error);
      }
    }
    lanesBusy -= 1;
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (lanesBusy < options.lanes) void drain();
    });
}
