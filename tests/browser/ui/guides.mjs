// Guides as the collector compiles them, one of each kind.

/** Text without a language. */
export const text = (words) => ({ "": words });

const step = (css, title, body, more = {}) => ({
  ...(css && { target: { css } }),
  title: text(title),
  body: text(body),
  ...more,
});

export const tour = {
  kind: "tour",
  steps: [
    step("[data-fv=new]", "Create a report", "Start from a template. **You can change it later.**"),
    step("#r100", "All your reports", "Open one to see its numbers:\n\n- filter by *date*\n- press `Ctrl K`"),
    step("#share", "Share it", "Colleagues see it at once. [How sharing works](https://example.com/)"),
  ],
};

export const tooltip = {
  kind: "tooltip",
  steps: [step("#export", "Tired of exporting?", "**Schedule** it, and it comes by mail every Monday.")],
};

export const modal = {
  kind: "modal",
  steps: [
    step(null, "Welcome", "Two minutes to your first report.\n\n- Connect your numbers\n- Share them", {
      actions: [
        { label: text("Later"), do: "dismiss" },
        { label: text("Show me around"), do: "complete" },
      ],
    }),
  ],
};

export const banner = {
  kind: "banner",
  steps: [
    step(null, "Better together.", "Teams that invite a colleague get more out of it.", {
      actions: [{ label: text("Invite people"), do: "complete" }],
    }),
  ],
};

/** A guide of one step beside an element. */
export const beside = (css, more = {}) => ({
  kind: "tour",
  steps: [step(css, "Here", "This is it.", more)],
});
