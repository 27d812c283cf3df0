-- The milestones of www/demo/playbook.yaml: how many users have reached each, and how soon they did.
-- $log is the log.
WITH log AS (
  SELECT "userId" AS person, event, "timestamp" AS moment, context."utcOffset" AS utc_offset, traits."createdAt" AS created_at
  FROM read_json($log, format = 'newline_delimited', columns = {
    userId: 'VARCHAR', event: 'VARCHAR', timestamp: 'TIMESTAMP',
    context: 'STRUCT("utcOffset" INTEGER)', traits: 'STRUCT("createdAt" TIMESTAMP)'
  })
),
people AS (
  SELECT person, coalesce(max(created_at), min(moment)) AS signup FROM log GROUP BY person
),
reports AS (
  SELECT * FROM log WHERE event IN ('report.created', 'report.shared')
),
first_report AS (
  SELECT person, min(moment) AS moment FROM reports WHERE event = 'report.created' GROUP BY person
),
-- Shared within seven days of the latest report before.
after_report AS (
  SELECT person, event, moment,
    max(CASE WHEN event = 'report.created' THEN moment END) OVER (PARTITION BY person ORDER BY moment) AS created
  FROM reports
),
activated AS (
  SELECT person, min(moment) AS moment FROM after_report
  WHERE event = 'report.shared' AND moment - created <= INTERVAL 7 DAY GROUP BY person
),
-- A day on which a report was created, after two others of which both were less than 14 days ago. Days are the person's own.
days AS (
  SELECT person, CAST(moment + to_minutes(utc_offset) AS DATE) AS day, min(moment) AS began, max(moment) AS ended
  FROM reports WHERE event = 'report.created' GROUP BY person, day
),
third_days AS (
  SELECT person, began, lag(ended, 2) OVER (PARTITION BY person ORDER BY day) AS earliest FROM days
),
habit AS (
  SELECT person, min(began) AS moment FROM third_days WHERE began - earliest <= INTERVAL 14 DAY GROUP BY person
),
reached AS (
  SELECT 'first-report' AS milestone, * FROM first_report
  UNION ALL SELECT 'activated', * FROM activated
  UNION ALL SELECT 'habit', * FROM habit
)
SELECT milestone, count(*) AS users, median(epoch_ms(reached.moment) - epoch_ms(people.signup)) AS median_ms
FROM reached JOIN people USING (person)
GROUP BY milestone ORDER BY milestone
