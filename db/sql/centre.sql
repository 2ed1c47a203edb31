-- The central store: tables that only grow, and the three functions that are all a station may use.
-- Run by counter_owner inside one transaction; running it again changes nothing.

CREATE TABLE IF NOT EXISTS counter.station (
    station text PRIMARY KEY,
    site text NOT NULL,
    key bytea NOT NULL CHECK (octet_length(key) = 32),
    login name NOT NULL UNIQUE,
    seq bigint NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (octet_length(hash) = 32),
    received timestamptz
);

CREATE TABLE IF NOT EXISTS counter.entry (
    station text NOT NULL,
    seq bigint NOT NULL CHECK (seq > 0),
    body bytea NOT NULL,
    prev bytea NOT NULL CHECK (octet_length(prev) = 32),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    sig bytea NOT NULL CHECK (octet_length(sig) = 64),
    PRIMARY KEY (station, seq)
);

CREATE TABLE IF NOT EXISTS counter.private (
    station text NOT NULL,
    seq bigint NOT NULL,
    field text NOT NULL,
    salt bytea NOT NULL,
    value bytea NOT NULL, -- UTF-8; a text column would refuse some of what a person can paste
    PRIMARY KEY (station, seq, field)
);

CREATE TABLE IF NOT EXISTS counter.city (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    key bytea NOT NULL CHECK (octet_length(key) = 32)
);

-- Versions that the city published, signed, and the parts of their files under kind/0, kind/1, ... in base64.
CREATE TABLE IF NOT EXISTS counter.reference_data (
    kind text NOT NULL,
    version integer NOT NULL,
    data jsonb NOT NULL,
    PRIMARY KEY (kind, version)
);

CREATE OR REPLACE FUNCTION counter.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only';
END
$$;

CREATE OR REPLACE TRIGGER entry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON counter.entry
    FOR EACH STATEMENT EXECUTE FUNCTION counter.refuse_change();

-- Takes consecutive entries [[seq, body, prev, hash, sig], ...] and private values [[seq, field, salt, value], ...],
-- what is bytes in base64: all or none. An identical replay is accepted. It never judges business.
--   CJ001 gap   CJ002 fork   CJ003 wrong hash   CJ004 not this login's station
CREATE OR REPLACE FUNCTION counter.append(p_station text, p_entries jsonb, p_private jsonb)
RETURNS TABLE (head_seq bigint, head_hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, counter, pg_temp AS $$
DECLARE
    one record;
BEGIN
    SELECT s.seq, s.hash INTO head_seq, head_hash
        FROM station s WHERE s.station = p_station AND s.login = session_user FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'station % is not this login''s', p_station USING ERRCODE = 'CJ004';
    END IF;
    FOR one IN
        SELECT (e.item->>0)::bigint AS seq, decode(e.item->>1, 'base64') AS body, decode(e.item->>2, 'base64') AS prev,
            decode(e.item->>3, 'base64') AS hash, decode(e.item->>4, 'base64') AS sig
        FROM jsonb_array_elements(p_entries) WITH ORDINALITY AS e(item, n) ORDER BY e.n
    LOOP
        IF one.hash IS DISTINCT FROM sha256('CHJ1'::bytea || one.prev || one.body) OR octet_length(one.sig) <> 64 THEN
            RAISE EXCEPTION 'entry % is not what its hash says', one.seq USING ERRCODE = 'CJ003';
        ELSIF one.seq <= head_seq THEN
            PERFORM 1 FROM entry e WHERE e.station = p_station AND e.seq = one.seq AND e.hash = one.hash
                AND e.prev = one.prev AND e.body = one.body AND e.sig = one.sig;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'another entry % is here', one.seq USING ERRCODE = 'CJ002';
            END IF;
        ELSIF one.seq IS DISTINCT FROM head_seq + 1 THEN
            RAISE EXCEPTION 'entry % does not follow %', one.seq, head_seq USING ERRCODE = 'CJ001';
        ELSIF one.prev <> head_hash THEN
            RAISE EXCEPTION 'entry % does not continue what is here', one.seq USING ERRCODE = 'CJ002';
        ELSE
            INSERT INTO entry VALUES (p_station, one.seq, one.body, one.prev, one.hash, one.sig);
            head_seq := one.seq;
            head_hash := one.hash;
        END IF;
    END LOOP;
    UPDATE station s SET seq = head_seq, hash = head_hash, received = clock_timestamp()
        WHERE s.station = p_station AND s.seq < head_seq;
    PERFORM keep_private(p_station, p_entries, p_private);
    RETURN NEXT;
END
$$;

-- Private values belong to entries of the same call, and never change.
CREATE OR REPLACE FUNCTION counter.keep_private(p_station text, p_entries jsonb, p_private jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, counter, pg_temp AS $$
DECLARE
    stray bigint;
BEGIN
    SELECT (p.item->>0)::bigint INTO stray FROM jsonb_array_elements(p_private) AS p(item)
        WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements(p_entries) AS e(item) WHERE e.item->0 = p.item->0)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a private value belongs to no entry sent: %', stray USING ERRCODE = 'CJ003';
    END IF;
    INSERT INTO private SELECT p_station, (p.item->>0)::bigint, p.item->>1, decode(p.item->>2, 'base64'),
            decode(p.item->>3, 'base64')
        FROM jsonb_array_elements(p_private) AS p(item) ON CONFLICT DO NOTHING;
    SELECT k.seq INTO stray FROM jsonb_array_elements(p_private) AS p(item)
        JOIN private k ON k.station = p_station AND k.seq = (p.item->>0)::bigint AND k.field = p.item->>1
        WHERE k.salt <> decode(p.item->>2, 'base64') OR k.value <> decode(p.item->>3, 'base64') LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'another private value of entry % is here', stray USING ERRCODE = 'CJ003';
    END IF;
END
$$;

-- The entries of a station of the caller's own site after p_seq; private is [[field, salt, value], ...], both in base64.
CREATE OR REPLACE FUNCTION counter.since(p_station text, p_seq bigint, p_limit integer)
RETURNS TABLE (seq bigint, body bytea, prev bytea, hash bytea, sig bytea, private jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, counter, pg_temp AS $$
BEGIN
    PERFORM 1 FROM station mine JOIN station other USING (site)
        WHERE mine.login = session_user AND other.station = p_station;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'station % is not of this login''s site', p_station USING ERRCODE = 'CJ004';
    END IF;
    RETURN QUERY SELECT e.seq, e.body, e.prev, e.hash, e.sig,
        (SELECT jsonb_agg(jsonb_build_array(v.field, encode(v.salt, 'base64'), encode(v.value, 'base64'))
            ORDER BY v.field)
            FROM private v WHERE v.station = e.station AND v.seq = e.seq)
        FROM entry e WHERE e.station = p_station AND e.seq > p_seq ORDER BY e.seq LIMIT least(p_limit, 1000);
END
$$;

-- Data that the centre hands out: a part of a published file, or, with version 0,
--   'stations'   the heads of the caller's own site [{station, site, key in hex, seq, hash in hex}, ...]
--   'city'       the city's public key in hex        'published'   the newest version of each kind [{version, sig}, ...]
CREATE OR REPLACE FUNCTION counter.reference(p_kind text, p_version integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, counter, pg_temp AS $$
DECLARE
    my_site text;
BEGIN
    SELECT s.site INTO my_site FROM station s WHERE s.login = session_user;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this login is no station''s' USING ERRCODE = 'CJ004';
    ELSIF p_kind = 'stations' THEN
        RETURN (SELECT jsonb_agg(jsonb_build_object('station', s.station, 'site', s.site, 'key', encode(s.key, 'hex'),
            'seq', s.seq, 'hash', encode(s.hash, 'hex')) ORDER BY s.station) FROM station s WHERE s.site = my_site);
    ELSIF p_kind = 'city' THEN
        RETURN (SELECT to_jsonb(encode(c.key, 'hex')) FROM city c);
    ELSIF p_kind = 'published' THEN
        RETURN (SELECT jsonb_agg(r.data ORDER BY r.kind) FROM reference_data r WHERE r.kind NOT LIKE '%/%'
            AND r.version = (SELECT max(n.version) FROM reference_data n WHERE n.kind = r.kind));
    END IF;
    RETURN (SELECT r.data FROM reference_data r WHERE r.kind = p_kind AND r.version = p_version);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA counter FROM PUBLIC;
REVOKE ALL ON FUNCTION counter.refuse_change(), counter.keep_private(text, jsonb, jsonb) FROM counter_station;
GRANT EXECUTE ON FUNCTION counter.append(text, jsonb, jsonb), counter.since(text, bigint, integer),
    counter.reference(text, integer) TO counter_station;
GRANT USAGE ON SCHEMA counter TO counter_station, counter_projector, finance;
GRANT CREATE ON SCHEMA counter TO counter_projector;
GRANT SELECT ON counter.entry, counter.private, counter.station TO counter_projector;
GRANT SELECT ON counter.entry TO finance;
