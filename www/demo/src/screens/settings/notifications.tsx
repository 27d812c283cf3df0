import { useStore } from "../../store/store";
import type { Notification } from "../../store/state";
import { Switch } from "../../ui/switch";

const ABOUT: { id: Notification; label: string; about: string }[] = [
  { id: "shared", label: "Shared with you", about: "When a colleague sends you a report" },
  { id: "unusual", label: "Unusual figures", about: "When an expense is far from what it was" },
  { id: "digest", label: "Weekly digest", about: "Revenue, expenses and cash, on Monday morning" },
];

/** What Ledgerly may write mails about. */
export function Notifications() {
  const { state, dispatch } = useStore();
  return ABOUT.map(({ id, label, about }) => (
    <Switch key={id} label={label} about={about} on={state.notifications[id]} onChange={(on) => dispatch({ type: "notify", about: id, on })} data-fv={`notify-${id}`} />
  ));
}
