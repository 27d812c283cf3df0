import { useEffect } from "react";
import { addressOf, navigate, parse, usePath, type Route } from "./route";
import { NewReport } from "./screens/new-report/new-report";
import { NotFound } from "./screens/not-found";
import { Overview } from "./screens/overview/overview";
import { People } from "./screens/people/people";
import { ReportScreen } from "./screens/report/report";
import { ReportList } from "./screens/reports/report-list";
import { SettingsScreen } from "./screens/settings/settings";
import { SignIn } from "./screens/sign-in/sign-in";
import { Shell } from "./shell/shell";
import { useStore } from "./store/store";

/** The screen that the address asks for, once somebody is signed in. */
export function App() {
  const route = parse(usePath());
  const signedIn = useStore().state.session !== null;
  const wrongWay = signedIn ? route.screen === "sign-in" : route.screen !== "sign-in";
  useEffect(() => {
    if (wrongWay) navigate(signedIn ? addressOf.overview : addressOf.signIn, { replace: true });
  }, [wrongWay, signedIn]);
  if (wrongWay) return null;
  if (route.screen === "sign-in") return <SignIn />;
  return (
    <Shell screen={route.screen}>
      <Content route={route} />
    </Shell>
  );
}

function Content({ route }: { route: Route }) {
  switch (route.screen) {
    case "overview":
      return <Overview />;
    case "reports":
      return <ReportList />;
    case "new-report":
      return <NewReport />;
    case "report":
      return <ReportScreen key={route.id} id={route.id} />;
    case "people":
      return <People />;
    case "settings":
      return <SettingsScreen />;
    default:
      return <NotFound />;
  }
}
