/** A node of the library's syntax tree; its published type lacks most of these. */
interface Node {
  type?: string;
  value?: unknown;
  [member: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Members that are read against each item that a path has reached, not against the top level. */
const INNER_MEMBERS = new Set([
  'stages',
  'predicate',
  'group',
  'terms',
  'pattern',
  'update',
  'delete',
  'focus',
]);

/**
 * References that an expression makes to a document at the top level. There is none on the service, where
 * the input is `$states.input`, so it refuses the definition.
 */
export function topLevelReferences(tree: unknown): string[] {
  const found: string[] = [];
  const visit = (node: unknown, top: boolean): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, top);
      return;
    }
    if (!isNode(node)) return;
    if (top && node.type === 'name')
      found.push(`Reference to '${node.value}' at the top level is not supported.`);
    if (top && node.type === 'variable' && node.value === '') {
      found.push("Reference to '$' at the top level is not supported.");
    }
    if (node.type === 'variable' && node.value === '$') found.push("Reference to '$$' is not supported.");
    visitMembers(node, top);
  };
  const visitMembers = (node: Node, top: boolean) => {
    const { type: _, steps, value, ...members } = node;
    if (isNode(value)) visit(value, top);
    if (Array.isArray(steps)) for (const [index, step] of steps.entries()) visit(step, top && index === 0);
    for (const [member, child] of Object.entries(members)) visit(child, top && !INNER_MEMBERS.has(member));
  };
  visit(tree, true);
  return [...new Set(found)];
}

/** Whether an expression reads this member of `$states`, such as `errorOutput`. */
export function readsOfStates(tree: unknown, member: string): boolean {
  if (Array.isArray(tree)) return tree.some((item) => readsOfStates(item, member));
  if (!isNode(tree)) return false;
  if (tree.type === 'path' && Array.isArray(tree.steps)) {
    const [first, second] = tree.steps as Node[];
    if (first?.type === 'variable' && first.value === 'states' && second?.value === member) return true;
  }
  return Object.values(tree).some((child) => readsOfStates(child, member));
}
