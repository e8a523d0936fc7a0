using TypedChannels;

namespace Chat;

/// <summary>What happens between one person's terminal and the room.</summary>
internal sealed class Conversation
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private readonly ChatClient _client;
    private readonly Terminal _terminal;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource<NameRefusal?>? _answer;
    private volatile string _name;
    private volatile string[] _here = [];
    private DateTimeOffset? _lastAt;

    public Conversation(ChatClient client, Terminal terminal, string name)
    {
        (_client, _terminal, _name) = (client, terminal, name);
        client.OnHistory += async history =>
        {
            // Of what is there already, after a way back, nothing comes twice.
            foreach (var message in history.Messages.Where(message => _lastAt is null || message.At > _lastAt).ToArray())
                Show(message);
        };
        client.OnChat += async message => Show(message);
        client.OnPeople += async people => _here = [.. people.Here.Select(person => person.Name)];
        client.OnJoined += async joined => _terminal.Tell($"{joined.Who.Name} joined");
        client.OnLeft += async left => _terminal.Tell($"{left.Who.Name} left");
        client.OnSetNameSuccess += async success =>
        {
            _name = success.You.Name;
            _answer?.TrySetResult(null);
        };
        client.OnSetNameRefused += async refused => _answer?.TrySetResult(refused.Reason);
        client.OnMessageError += error => _terminal.Tell($"a message was refused: {error.Code}");
        client.OnReconnecting += async lost => _terminal.Tell(Told(lost));
        client.OnReconnected += _ => ComeBackAsync();
        client.OnDisconnect += async end => _ended.TrySetResult(
            $"The connection is closed ({end.Code}){(end.Exception is null ? "." : ": " + end.Exception.Message)}");
    }

    /// <summary>Ends when the connection has, and does not come back: with what is to be told of it.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Comes in. The result is why not; null: this person is in.</summary>
    public async Task<NameRefusal?> EnterAsync(CancellationToken cancellationToken)
    {
        await _client.ConnectAsync(cancellationToken);
        return await AskForNameAsync(_name);
    }

    /// <summary>Sends what is typed, to the end of the input.</summary>
    public async Task TalkAsync()
    {
        if (_terminal.IsInteractive)
            _terminal.Tell("/who tells who is here, /name NEW renames you, /quit leaves");
        while (_terminal.ReadLine() is { } line && line != "/quit")
        {
            try
            {
                await TakeAsync(line);
            }
            catch (ClientException exception) when (exception.Code is ClientErrors.QueueFull or ClientErrors.MessageTooLarge)
            {
                _terminal.Tell($"not sent: {exception.Message}");
            }
        }
    }

    private Task TakeAsync(string line)
    {
        if (line == "/who")
            _terminal.Tell("here: " + string.Join(", ", _here));
        else if (line.StartsWith("/name ", StringComparison.Ordinal))
            return RenameAsync(line["/name ".Length..].Trim());
        else if (!string.IsNullOrWhiteSpace(line))
            return SendAsync(line);
        return Task.CompletedTask;
    }

    private Task SendAsync(string line)
    {
        var sent = _client.SendChatAsync(new ChatMessage(line)).AsTask();
        // On the way back it waits, and typing goes on; a pipe waits with it, so that its end is not the end of what it said.
        if (!_terminal.IsInteractive || sent.IsCompleted)
            return sent;
        _terminal.Tell("waits: " + line);
        _ = sent.ContinueWith(
            failed => _terminal.Tell($"not sent: {line}"),
            CancellationToken.None,
            TaskContinuationOptions.NotOnRanToCompletion,
            TaskScheduler.Default);
        return Task.CompletedTask;
    }

    private async Task RenameAsync(string name)
    {
        if (!_client.IsAlive)
            _terminal.Tell("not now: the connection is lost");
        else if (await AskForNameAsync(name) is { } refusal)
            _terminal.Tell($"the name was refused: {refusal}");
        else
            _terminal.Tell($"you are {_name}");
    }

    /// <summary>
    /// For the server this is somebody new. Who was lost may still be taken for present, under the same name, for a while.
    /// </summary>
    private async ValueTask ComeBackAsync()
    {
        try
        {
            NameRefusal? refusal;
            while ((refusal = await AskForNameAsync(_name)) == NameRefusal.Taken)
                await Task.Delay(TimeSpan.FromSeconds(1));
            _terminal.Tell(refusal is null ? "back" : $"back, but the name was refused: {refusal}");
        }
        catch (ClientException)
        {
            // Lost again: this is for the next time.
        }
    }

    private async Task<NameRefusal?> AskForNameAsync(string name)
    {
        var answer = _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _client.SendSetNameAsync(new SetName(name));
        try
        {
            return await answer.Task.WaitAsync(AnswerTime);
        }
        catch (TimeoutException)
        {
            return NameRefusal.Missing;
        }
    }

    private static string Told(Reconnecting lost)
    {
        var what = lost.Attempt > 1 ? $"still nobody there (attempt {lost.Attempt - 1})"
            : lost.Lost.Unsent > 0 ? $"the connection is lost ({lost.Lost.Code}), and {lost.Lost.Unsent} messages with it"
            : $"the connection is lost ({lost.Lost.Code})";
        return $"{what}; trying again in {lost.Delay.TotalSeconds:0.0} s";
    }

    private void Show(ChatMessage message)
    {
        _lastAt = message.At;
        _terminal.Say($"{message.At?.ToLocalTime():HH:mm} {message.From?.Name}: {message.Text}");
    }
}
