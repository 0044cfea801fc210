using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session;

/// <summary>Waits for descriptors and calls whoever registered them, on one thread: epoll(7), level-triggered.</summary>
public sealed class EventLoop : IDisposable
{
    private readonly SafeFileHandle _epoll = Polling.EpollCreate();
    private readonly Dictionary<ulong, Registration> _registrations = [];
    private readonly ReadyEvent[] _ready = new ReadyEvent[16];
    private ulong _lastKey;

    /// <summary>Calls <paramref name="ready"/> whenever the descriptor is ready; the descriptor stays its owner's.</summary>
    /// <returns>The registration: dispose it before the descriptor.</returns>
    public Registration Add(SafeFileHandle file, PollEvents events, Action<PollEvents> ready)
    {
        var registration = new Registration(this, ++_lastKey, file, ready);
        Polling.EpollAdd(_epoll, file, events, registration.Key);
        _registrations.Add(registration.Key, registration);
        return registration;
    }

    /// <summary>Waits once and serves what is ready.</summary>
    /// <param name="timeoutMilliseconds">−1 waits for ever.</param>
    /// <returns>Whether anything was ready.</returns>
    public bool Turn(int timeoutMilliseconds = -1)
    {
        var count = Polling.EpollWait(_epoll, _ready, timeoutMilliseconds);
        for (var i = 0; i < count; i++)
        {
            // Serving one event may have taken another's descriptor away.
            if (_registrations.TryGetValue(_ready[i].Key, out var registration))
            {
                registration.Ready(_ready[i].Events);
            }
        }

        return count > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _epoll.Dispose();

    /// <summary>A descriptor that a loop waits for.</summary>
    public sealed class Registration : IDisposable
    {
        private readonly EventLoop _loop;
        private readonly SafeFileHandle _file;

        internal Registration(EventLoop loop, ulong key, SafeFileHandle file, Action<PollEvents> ready) =>
            (_loop, Key, _file, Ready) = (loop, key, file, ready);

        internal ulong Key { get; }

        internal Action<PollEvents> Ready { get; }

        /// <summary>Waits for other events from now on; none leaves hang-ups only.</summary>
        public void WaitFor(PollEvents events) => Polling.EpollModify(_loop._epoll, _file, events, Key);

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_loop._registrations.Remove(Key))
            {
                Polling.EpollRemove(_loop._epoll, _file);
            }
        }
    }
}
