import ts from 'typescript';
import type { Complaint } from './project';
import { nodesOf, placeOf } from './sources';
import type { Script } from './sources';

/** Names of the browser and of Node: a phone's script engine has none of them. */
const NOT_THERE = new Set(
  'window document localStorage sessionStorage XMLHttpRequest fetch alert confirm navigator location history require module exports process global globalThis Buffer setImmediate queueMicrotask structuredClone URL URLSearchParams TextEncoder TextDecoder Intl WebSocket Worker eval Function FileReader Blob atob btoa crypto'.split(
    ' ',
  ),
);
/** Methods that engines of phones still about do not have, and that the compiler's polyfills do not bring. */
const TOO_NEW = new Set(
  'toSorted toReversed toSpliced findLast findLastIndex groupBy replaceAll hasOwn withResolvers isWellFormed'.split(
    ' ',
  ),
);

/** A name that is read as a value, not a property, a key, a type or something this file declares itself. */
function isFreeName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isQualifiedName(parent) || ts.isTypeNode(parent) || ts.isImportSpecifier(parent)) return false;
  if (
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isShorthandPropertyAssignment(parent)
  )
    return 'initializer' in parent && parent.initializer === node;
  return true;
}

function declaredNames(script: Script): Set<string> {
  const names = new Set<string>();
  for (const node of nodesOf(script.tree)) {
    const { name } = node as { name?: ts.Node };
    if (
      name &&
      ts.isIdentifier(name) &&
      (ts.isVariableDeclaration(node) ||
        ts.isParameter(node) ||
        ts.isBindingElement(node) ||
        ts.isFunctionDeclaration(node) ||
        ts.isImportSpecifier(node) ||
        ts.isImportClause(node) ||
        ts.isNamespaceImport(node))
    )
      names.add(name.text);
  }
  return names;
}

/** What the compiler of the mini program, or an engine of a phone still about, does not take. */
function rejected(node: ts.Node): string | null {
  if (ts.isBigIntLiteral(node)) return 'a BigInt literal is refused by the compiler';
  if (ts.isDecorator(node)) return 'decorators are not taken';
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
    return 'import.meta is not taken';
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return 'import() is not taken; require.async is the way over packages';
  if (ts.isAwaitExpression(node)) {
    for (let up: ts.Node = node.parent; !ts.isSourceFile(up); up = up.parent)
      if (ts.isFunctionLike(up)) return null;
    return 'await outside a function is not taken';
  }
  if (ts.isRegularExpressionLiteral(node)) {
    if (/\(\?<[=!]/.test(node.text)) return 'a look-behind breaks the whole package on iOS before 16.4';
    if (/\/[a-z]*[dv][a-z]*$/.test(node.text)) return 'regular expression flags d and v are too new';
  }
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    TOO_NEW.has(node.expression.name.text)
  )
    return `.${node.expression.name.text}() is too new for phones still about`;
  return null;
}

/** Language that the mini program's compiler refuses, and names of a browser that no phone has. */
export function languageComplaints(scripts: readonly Script[]): Complaint[] {
  return scripts.flatMap((script) => {
    const own = declaredNames(script);
    return [...nodesOf(script.tree)].flatMap((node) => {
      const why = rejected(node);
      if (why !== null) return [`${placeOf(script, node)}: ${why}`];
      const isStrange =
        ts.isIdentifier(node) && NOT_THERE.has(node.text) && !own.has(node.text) && isFreeName(node);
      return isStrange ? [`${placeOf(script, node)}: ${node.text} does not exist on a phone`] : [];
    });
  });
}
