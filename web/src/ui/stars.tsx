/** Stars as they are printed, and in words for who does not see them. */
export function Stars({ stars, result }: { stars: number; result: string }) {
  return (
    <span className="result">
      {stars > 0 && (
        <span className="stars" aria-hidden="true">
          {'★'.repeat(stars)}
        </span>
      )}
      {result}
    </span>
  );
}
