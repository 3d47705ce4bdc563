import type { Plan, Step } from './plan';
import type { Service } from './service/service';
import { stepWords } from './words';

/** A deployment that stopped; what was done until then stays, and the next run goes on from there. */
export class DeployStopped extends Error {}

async function take(service: Service, step: Step): Promise<void> {
  switch (step.kind) {
    case 'collection':
      return service.addCollection(step.collection);
    case 'close':
      return service.closeCollection(step.collection);
    case 'index':
      return service.addIndex(step.index);
    case 'reindex':
      await service.dropIndex(step.index.collection, step.index.name);
      return service.addIndex(step.index);
    case 'function': {
      const { fn, variables, schema } = step;
      return service.addFunction(fn, variables, { codeHash: fn.codeHash, schema });
    }
    case 'configure':
      return service.configure(step.fn, step.variables);
    case 'code':
      return service.replaceCode(step.fn, { codeHash: step.fn.codeHash, schema: step.schema });
    case 'path':
      return service.addPath(step.fn.name, step.path);
    case 'open':
      return service.openPath(step.apiId);
    case 'timer':
      for (const name of step.instead) await service.removeTimer(step.fn.name, name);
      return service.addTimer(step.fn.name, step.timer);
    case 'untimed':
      for (const name of step.timers) await service.removeTimer(step.fn.name, name);
      return;
    case 'drop':
      return service.dropIndex(step.collection, step.name);
  }
}

/**
 * Takes the steps of a plan one after another. Nothing is remembered here: whether a step is needed is read from the
 * environment by the next run's plan, so a run that was cut off anywhere is simply run again.
 *
 * @throws DeployStopped with a sentence at the first step that fails
 */
export async function perform(plan: Plan, service: Service, say: (line: string) => void): Promise<void> {
  for (const [i, step] of plan.steps.entries()) {
    const place = `${i + 1}/${plan.steps.length}`;
    say(`[${place}] ${stepWords(step)}`);
    try {
      await take(service, step);
    } catch (error) {
      throw new DeployStopped(
        `第 ${place} 步没有做成：${(error as Error).message}\n前面的都已生效，不会重做；弄好后再运行一次同样的命令就接着做。`,
      );
    }
  }
}
