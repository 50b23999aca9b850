-- Puts a value that was read from the database into the entry that was looked up before. What an entry is: docs/cache.md.
--
-- KEYS[1]  the entry
-- ARGV     1 the token that the lookup gave   2 version   3 value   4 milliseconds that the value lives
-- Returns  1 if the value was put, 0 if the entry is another one by now, or knows of a later version

local entry = redis.call('HMGET', KEYS[1], 'token', 'version')
local token, version = entry[1], entry[2]
if token ~= ARGV[1] then
  return 0
end
-- Whole numbers as text, without leading zeros. Lua's own numbers are exact up to 2^53 only.
if version and (#version > #ARGV[2] or #version == #ARGV[2] and version > ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'value', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
