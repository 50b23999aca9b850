-- Looks an entry up; if there is none, begins one without a value. What an entry is: docs/cache.md.
--
-- KEYS[1]  the entry
-- ARGV     1 a token that was never used, for a new life   2 milliseconds that an entry without value lives, if it is begun here
-- Returns  the value or nil, and the token that a fill has to show

local entry = redis.call('HMGET', KEYS[1], 'value', 'token')
if entry[2] then
  return {entry[1], entry[2]}
end
redis.call('HSET', KEYS[1], 'token', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {false, ARGV[1]}
