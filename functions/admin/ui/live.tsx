/** Beside the heading of a page that refreshes itself: how often, and the way to stop it. Shown by the script that can. */
export const LiveControl = ({ seconds }: { seconds: number }) => (
  <p class="live noprint" data-live-control hidden>
    {seconds}초마다 새로 고칩니다
    <button class="btn s" type="button" data-live-toggle>
      새로 고침 멈추기
    </button>
  </p>
);
