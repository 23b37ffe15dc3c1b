--
-- The plan: people reached over money spent, pick by pick; what other budgets buy;
-- and what no plan can exceed.
--

CREATE FUNCTION plan_figure() RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH frame AS (
		SELECT 1.02 * max(c.budget)::float8 AS x1, 1.06 * greatest(max(c.reach_bound), (SELECT max(reach_bound)
			FROM plan)) AS y1, 330::float8 AS h
		FROM budget_curve AS c
	), curve AS (
		SELECT array_agg(budget::float8 / x1 ORDER BY budget) AS x, array_agg(h * (1 - total_reach / y1) ORDER BY budget) AS y,
			array_agg(h * (1 - reach_bound / y1) ORDER BY budget) AS bound,
			xmlagg(mark_dot('dot curve', budget::float8 / x1, h * (1 - total_reach / y1), 3.2,
				'for ' || count_text(budget::float8) || ': ' || count_text(total_reach) || ' people') ORDER BY budget) AS dots
		FROM budget_curve, frame WHERE total_reach IS NOT NULL
	), placed AS (
		SELECT *, spent::float8 / x1 AS x, h * (1 - total_reach / y1) AS y FROM plan, frame
	), picks AS (
		SELECT ARRAY[0::float8] || array_agg(x ORDER BY pick) AS x, ARRAY[h] || array_agg(y ORDER BY pick) AS y,
			xmlagg(xmlconcat(mark_dot('dot accent', x, y, 5.5,
				label || ' adds ' || count_text(added_reach) || ' people for ' || count_text(fee::float8)),
				CASE WHEN named THEN mark_text('mark accent strong', x, y + 16, label, 7) END) ORDER BY pick) AS dots
		FROM ( -- no name where the one before it stands
			SELECT *, coalesce(lag(y) OVER by_pick - y > 13 OR x - lag(x) OVER by_pick > 0.2, true) AS named
			FROM placed WINDOW by_pick AS (ORDER BY pick)
		) AS p GROUP BY h
	), words AS (
		SELECT count(*) || CASE count(*) WHEN 1 THEN ' pick' ELSE ' picks' END || ' for ' || currency || count_text(max(spent)::float8)
			|| CASE count(*) WHEN 1 THEN ' reaches ' ELSE ' reach ' END || count_text(max(total_reach)) || ' people of the target group, '
			|| share_text(max(total_reach) / max(reach_bound)) || ' of what no plan can exceed' AS title
		FROM plan, setting GROUP BY currency
	)
	SELECT figure('plan', 'half', w.title,
		'People of the target group reached at least once, over money spent. The full dots are the plan for ' || s.currency
			|| count_text(s.budget::float8)
		|| CASE WHEN s.rules IS NULL THEN '' ELSE ' under the rules ' || s.rules::text END
		|| ', pick by pick; the small ones are the best that was found for other budgets. No plan for a budget is above the upper line.',
		CASE WHEN picks.dots IS NOT NULL THEN picture(w.title, 'A line that rises with each pick of the plan, a curve of what other budgets reach, and a bound above both.', h, 62, 70,
			(SELECT axis_x(array_agg(t / x1 ORDER BY t), array_agg(axis_text(t) ORDER BY t), h,
				'spent' || CASE WHEN s.currency = '' THEN '' ELSE ', ' || s.currency END) FROM even_ticks(0, x1) AS t),
			(SELECT axis_y(array_agg(h * (1 - t / y1) ORDER BY t), array_agg(axis_text(t) ORDER BY t), 62,
				'people of the target group, each once') FROM even_ticks(0, y1) AS t),
			mark_path('bound', curve.x, curve.bound, h), mark_path('curve', curve.x, curve.y, h), curve.dots,
			mark_text('mark end', curve.x[cardinality(curve.x)], curve.bound[cardinality(curve.x)] - 8, 'no plan exceeds'),
			mark_text('mark', curve.x[cardinality(curve.x)], curve.y[cardinality(curve.x)] + 4, 'best found', 8),
			mark_path('picks', picks.x, picks.y, h), picks.dots) END,
		xmlconcat(
			(SELECT table_of('{Pick,Profile,Fee,Spent,"People added","People in all"}',
				xmlagg(table_row(pick::text, name, fee::text, spent::text, count_text(added_reach), count_text(total_reach)) ORDER BY pick))
			FROM plan),
			(SELECT table_of('{Budget,Picks,Spent,People,"No plan exceeds"}',
				xmlagg(table_row(budget::text, picks::text, spent::text, count_text(total_reach), count_text(reach_bound)) ORDER BY budget))
			FROM budget_curve)),
		CASE WHEN p.way IS NULL
			THEN 'this needs candidates, and either a sketch of the audience of each or how many people the target group has (population).'
			ELSE 'nothing can be paid.' END)
	FROM setting AS s, plan_way AS p, frame, curve LEFT JOIN picks ON true LEFT JOIN words AS w ON true;
END;

-- What is to be done, in words: the first picks, and why.
CREATE FUNCTION recommendation_cards() RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT xmlelement(NAME section, xmlattributes('book' AS id, 'wide' AS class),
		xmlelement(NAME h2, 'Book ' || coalesce(string_agg(name, ', ' ORDER BY pick) FILTER (WHERE pick < picks) || ' and ', '')
			|| max(name) FILTER (WHERE pick = picks)),
		xmlelement(NAME p, 'The plan for ' || min(s.currency) || count_text(min(s.budget)::float8) || ' picks these of '
			|| (SELECT count(*) FROM candidate)
			|| ' candidates, since '
			|| coalesce('under the rules ' || min(s.rules::text) || ' ', '')
			|| 'they reach most people of the target group together, each counted once.'
			|| coalesce(' Not among the candidates: ' || (
				SELECT string_agg(name || ', ' || ordinal(naive_place) || ' by mean rate, but on ' || posts_text(posts),
					'; ' ORDER BY naive_place, profile_id)
				FROM naive_leader) || '.', '')),
		xmlelement(NAME ol, xmlattributes('cards' AS class), xmlagg(xmlelement(NAME li,
			xmlelement(NAME h3, name),
			xmlelement(NAME p, xmlattributes('fee' AS class), s.currency || count_text(fee::float8)),
			xmlelement(NAME ul,
				xmlelement(NAME li, 'adds ', xmlelement(NAME b, count_text(added_reach)), ' people of the target group, ',
					s.currency || round(per_thousand::numeric, 2), ' per thousand'),
				xmlelement(NAME li, tier::text || ', ' || count_text(followers) || ' followers, of whom ' || share_text(on_target)
					|| ' are in the target group'),
				xmlelement(NAME li, 'its rate is believed to be ', xmlelement(NAME b, rate_text(shrunk_rate)), ' on ' || posts_text(posts) || ', '
					|| round((shrunk_rate / expected_rate)::numeric, 1) || ' times what is expected of its size'
					|| coalesce('; at least ' || rate_text(rate_low), '')),
				xmlelement(NAME li, ordinal(place) || ' of the candidates by what is sure, ' || ordinal(naive_place)
					|| ' of its tier by mean rate'))) ORDER BY pick)))
	FROM (SELECT *, max(pick) OVER () AS picks FROM recommendation) AS r, setting AS s
	HAVING count(*) > 0;
END;
