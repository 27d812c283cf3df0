import { Check } from "lucide-react";
import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from "react";
import "./toast.css";

const SHOWN_FOR = 3_200;
const ToastContext = createContext<(text: string) => void>(() => undefined);

/** Says in passing that something worked. */
export function useToast(): (text: string) => void {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [text, setText] = useState<string | null>(null);
  const timer = useRef(0);
  const say = useCallback((what: string) => {
    setText(what);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setText(null), SHOWN_FOR);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <ToastContext value={say}>
      {children}
      <div role="status" className="toast-region">
        {text && (
          <p className="toast" key={text}>
            <Check size={15} aria-hidden="true" />
            {text}
          </p>
        )}
      </div>
    </ToastContext>
  );
}
