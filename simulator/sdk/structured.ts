/** Why the platform refuses a pushed structured content, in its own words. */
import type { Pushed } from './import.js';

const filled: Readonly<Record<string, string>> = {
  select: 'items',
  rich_link: 'url',
  template: 'title',
  carousel: 'items',
};

export function structuredFlaw(
  { structured_content: content, author }: Pushed,
  options: readonly string[],
): string | undefined {
  if (content === undefined || content === null) return undefined;
  if (!options.includes('view.messaging')) return 'Source doesn\u0027t support structured contents';
  const { type } = content as { type?: unknown };
  if (typeof type !== 'string') return 'Type is required for structured contents';
  const needed = Object.hasOwn(filled, type) ? filled[type] : undefined;
  if (needed === undefined) return 'Source doesn\u0027t support this type of structured content';
  const value = (content as Record<string, unknown>)[needed];
  const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length < 1);
  if (isEmpty) return `structured_content: "${needed}" must not be empty`;
  return author?.puppetizable === true ? undefined : 'The author must be puppetizable';
}
