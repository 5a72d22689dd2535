/** The functions of the catalogue, each with the variables that its schema asks for and the actions that its code calls. */
import { Construct } from 'constructs';
import { FUNCTIONS } from '../../functions/catalogue.ts';
import type { Variable } from '../../functions/environment.ts';
import { entryOf } from '../bundling.ts';
import { grantsOf, PERMISSIONS, type Resource } from '../permissions.ts';
import { ANSWER_TIME, STEP_TIME, SystemFunction } from './function.ts';

export interface FunctionsProps {
  environment: Record<Variable, string>;
  /** The ARNs that an action on a resource is granted for. */
  arnsFor: (action: string, on: Resource) => string[];
}

export class Functions extends Construct {
  private readonly byName: ReadonlyMap<string, SystemFunction>;

  constructor(scope: Construct, id: string, { environment, arnsFor }: FunctionsProps) {
    super(scope, id);
    const make = (name: string) => {
      const { env, routes } = FUNCTIONS[name] ?? { env: { shape: {} }, routes: [] };
      const variables = Object.keys(env.shape) as Variable[];
      const made = new SystemFunction(this, name, {
        entry: entryOf(name),
        description: `xingping ${name}`,
        grants: grantsOf(name)
          .map(({ action, on }) => ({ action, resources: arnsFor(action, on) }))
          // What a deployment does not have, it does not grant.
          .filter(({ resources }) => resources.length > 0),
        fonts: PERMISSIONS[name]?.fonts ?? false,
        timeout: routes.length > 0 ? ANSWER_TIME : STEP_TIME,
        environment: Object.fromEntries(variables.map((variable) => [variable, environment[variable]])),
      });
      return [name, made] as const;
    };
    this.byName = new Map(Object.keys(FUNCTIONS).map(make));
  }

  named(name: string): SystemFunction {
    const made = this.byName.get(name);
    if (!made) throw new Error(`there is no function ${name}`);
    return made;
  }
}
