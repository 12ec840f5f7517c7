/** A value shown whole after a reveal; on paper, which nobody asks for a reason, it stays masked. */
export const Revealed = ({ masked, whole }: { masked: string; whole: string | undefined }) =>
  whole === undefined ? (
    <>{masked}</>
  ) : (
    <>
      <span class="noprint">{whole}</span>
      <span class="onpaper">{masked}</span>
    </>
  );
