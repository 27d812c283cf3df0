import type { ButtonHTMLAttributes, AnchorHTMLAttributes } from "react";
import "./button.css";

type Look = "primary" | "plain" | "quiet" | "danger";

/** A button; at most one primary on a screen. */
export function Button({ look = "plain", className = "", type = "button", ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look }) {
  return <button type={type} className={`button button-${look} ${className}`} {...rest} />;
}

/** A link that looks like a button, because it leads to another screen. */
export function ButtonLink({ look = "plain", className = "", ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { look?: Look }) {
  return <a className={`button button-${look} ${className}`} {...rest} />;
}
