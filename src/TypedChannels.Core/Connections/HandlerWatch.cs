namespace TypedChannels;

/// <summary>
/// Finds handlers that block an I/O thread, while they do: where handlers begin on such threads, everybody else's messages wait. Costs a
/// message two writes. Safe for concurrent use.
/// </summary>
internal sealed class HandlerWatch
{
    /// <summary>How long a handler may keep an I/O thread before it is told of; up to two sweeps' time later.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    [ThreadStatic]
    private static Post? mine;

    private readonly Lock _gate = new();
    private readonly List<Post> _posts = [];

    /// <summary>A handler begins on this thread.</summary>
    /// <returns>What its end is told to; null: the thread is one of the pool, which may be blocked.</returns>
    public Post? Enter(ChannelConnection connection, string channel)
    {
        var post = mine ??= new Post(Thread.CurrentThread.IsThreadPoolThread);
        if (post.IsOfPool)
            return null;
        if (!ReferenceEquals(post.Watch, this))
            Register(post);
        (post.Connection, post.Channel) = (connection, channel);
        post.Turn++;
        return post;
    }

    /// <summary>Looks at all I/O threads.</summary>
    public void Look(TimeSpan now)
    {
        lock (_gate)
        {
            foreach (var post in _posts)
                Look(post, now);
        }
    }

    private void Look(Post post, TimeSpan now)
    {
        // Another server's now, whose own watch looks at it.
        if (!ReferenceEquals(post.Watch, this))
            return;
        var turn = post.Turn;
        if (turn != post.SeenTurn)
        {
            (post.SeenTurn, post.SeenAt, post.IsTold) = (turn, now, false);
            return;
        }
        // An even turn is over.
        if (turn % 2 == 0 || post.IsTold || now - post.SeenAt < Patience || post is not { Connection: { } connection, Channel: { } channel })
            return;
        post.IsTold = true;
        ConnectionLog.HandlerBlocks(connection.Services.Logger, connection.Identifier, channel, (long)(now - post.SeenAt).TotalMilliseconds);
        connection.Services.Metrics?.HandlerBlocks(channel);
    }

    private void Register(Post post)
    {
        lock (_gate)
        {
            post.Watch = this;
            // I/O threads live as long as the process, and there is one a core.
            if (!_posts.Contains(post))
                _posts.Add(post);
        }
    }

    /// <summary>What one thread does. Its turns are written by the thread alone, the rest of them by who looks.</summary>
    public sealed class Post(bool isOfPool)
    {
        private volatile int _turn;

        public bool IsOfPool => isOfPool;

        /// <summary>Odd while a handler runs.</summary>
        public int Turn
        {
            get => _turn;
            set => _turn = value;
        }

        public HandlerWatch? Watch { get; set; }

        public ChannelConnection? Connection { get; set; }

        public string? Channel { get; set; }

        public int SeenTurn { get; set; }

        public TimeSpan SeenAt { get; set; }

        public bool IsTold { get; set; }

        /// <summary>The handler has ended, or waits.</summary>
        public void Leave()
        {
            _turn++;
            Connection = null;
        }
    }
}
