-- The demonstration provider's own word was shown to people as the channel's name.
update notify.channel set name = '短信' where kind = 'sms' and name = 'log';
