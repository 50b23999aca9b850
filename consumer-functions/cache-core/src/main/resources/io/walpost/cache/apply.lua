-- Applies one event to the entry of its aggregate. What an entry is and what it guarantees: docs/cache.md.
--
-- KEYS[1]  the entry
-- ARGV     1 version, or nothing   2 position, or nothing   3 a token that was never used, for a new life
--          4 snapshot, or nothing  5 milliseconds that a marker lives  6 milliseconds that a value lives
-- Returns  1 if the event was applied, 0 if the entry knew of it or of a later one, Redis's message if it refused

local key, version, position, snapshot = KEYS[1], ARGV[1], ARGV[2], ARGV[4]

-- Whole numbers as text: of equal length, or without leading zeros. Lua's own numbers are exact up to 2^53 only.
local function later(a, b)
  if #a ~= #b then
    return #a > #b
  end
  return a > b
end

local entry = redis.pcall('HMGET', key, 'version', 'position', 'token')
if entry.err then
  return entry.err
end
local known_version, known_position, token = entry[1], entry[2], entry[3]

if version ~= '' then
  if known_version and not later(version, known_version) then
    return 0
  end
elseif position ~= '' and known_position and not later(position, known_position) then
  return 0
end

local fields = {}
local function set(name, value)
  fields[#fields + 1] = name
  fields[#fields + 1] = value
end
if version ~= '' then
  set('version', version)
end
if position ~= '' then
  set('position', position)
end
-- A fill that is under way cannot be compared with an event without version, so it is refused with its token.
if version == '' or not token then
  set('token', ARGV[3])
end
-- Only over a value: an entry without one does not tell whether a later event was applied before it began to live.
local refreshes = version ~= '' and snapshot ~= '' and redis.call('HEXISTS', key, 'value') == 1
if refreshes then
  set('value', snapshot)
end

-- All or nothing: an entry that has the version, and not the rest, would take the event for known when it comes again.
-- Without memory, or the leave for a command, Redis may still delete. No entry is not wrong; this one would be.
local function fails(...)
  local done = redis.pcall(...)
  if type(done) == 'table' and done.err then
    redis.pcall('DEL', key)
    return done.err
  end
end

return fails('HSET', key, unpack(fields))
  or not refreshes and fails('HDEL', key, 'value')
  or fails('PEXPIRE', key, refreshes and ARGV[6] or ARGV[5])
  or 1
