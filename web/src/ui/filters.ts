import { useSearchParams } from 'react-router';

/** What a list is filtered by stands in the address, so that it can be kept, shared and gone back to. */
export function useFilters() {
  const [params, setParams] = useSearchParams();
  return {
    /** Empty where nothing is chosen. */
    chosen: (name: string): string => params.get(name) ?? '',
    choose: (name: string, value: string) =>
      setParams(
        (before) => {
          if (value) before.set(name, value);
          else before.delete(name);
          return before;
        },
        { replace: true },
      ),
  };
}

/** By a part of the name or of the filing number, however it is typed: full width, in small letters, with spaces. */
export function isSought(
  { name, filingNumber }: { name: string; filingNumber: string },
  typed: string,
): boolean {
  const text = plain(typed);
  return plain(name).includes(text) || filingNumber.includes(text);
}

const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
