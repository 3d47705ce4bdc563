import { declared } from './declared';
import type { Wanted } from './declared';
import { perform } from './perform';
import { planOf } from './plan';
import type { Plan, Wishes } from './plan';
import type { Service } from './service/service';
import { VARIABLES } from './variables';
import { planWords } from './words';
import type { Standing } from './standing';

export { declared };

/** Needed variables that a function reads and that neither stand nor were given. */
function missingVariables(wanted: Wanted, standing: Standing, { given, unset }: Wishes): string[] {
  const missing = new Set<string>();
  for (const fn of wanted.functions) {
    for (const name of fn.variables) {
      const stands = standing.functions.get(fn.name)?.variables[name];
      if (VARIABLES[name]?.isNeeded && (unset.includes(name) || (given[name] ?? stands) === undefined))
        missing.add(name);
    }
  }
  return [...missing].map((name) => `没有 ${name}（${VARIABLES[name]?.purpose}）：设好环境变量再部署一次。`);
}

export interface Deployment {
  wanted: Wanted;
  service: Service;
  wishes: Wishes;
  /** shows the plan and asks; without its yes nothing is changed */
  mayGoOn(plan: Plan): Promise<boolean>;
  say(line: string): void;
}

/**
 * Looks, says what differs, and does it. @returns the plan, whether or not it was carried out
 * @throws DeployStopped where a step failed
 */
export async function deploy({ wanted, service, wishes, mayGoOn, say }: Deployment): Promise<Plan> {
  const standing = await service.standing();
  const plan = planOf(wanted, standing, wishes);
  const notes = [...plan.notes, ...missingVariables(wanted, standing, wishes)];
  planWords({ ...plan, notes }, standing).forEach(say);
  if (plan.refusal !== null) {
    say(plan.refusal);
    return plan;
  }
  if (plan.steps.length > 0 && (await mayGoOn(plan))) await perform(plan, service, say);
  return plan;
}
