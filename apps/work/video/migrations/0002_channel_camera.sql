create index channel_camera on video.channel (camera) where camera is not null;
