// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/http.h"

#include <functional>
#include <memory>
#include <vector>

namespace Earshot {

/// One stateful fake of a network's server: accounts, posts, limits and failures, answering requests as the real one
/// does. Used by tests, by the sample workspace and for screenshots. Lives on the network thread; methods that change
/// its state from outside may be called before the thread runs or on that thread.
class FakeNetwork
{
public:
    virtual ~FakeNetwork() = default;
    /// The host names that it answers for ("social.example").
    [[nodiscard]] virtual QStringList hosts() const = 0;
    [[nodiscard]] virtual HttpAnswer answer(const HttpRequest &request) = 0;
};

/// What happens to a request on its way, for tests of failure.
enum class Trouble {
    none,
    refused,     ///< nothing reaches the network: transient
    answerLost,  ///< the network does it, its answer is lost: unsure with effect, transient without
    serverError, ///< 500 before anything was done
    gaveUp,      ///< the network does it, a proxy that waited too long answers 503 in its place
    denied,      ///< the network does it, and says 429 all the same
    untrusted,   ///< nothing reaches the network: its certificate is another host's
    garbage,     ///< 200 with bytes that mean nothing; nothing was done
};

/// A transport that never leaves the process: hands each request to the fake that answers for its host; a host that
/// nobody answers for cannot be reached. Answers come from the event loop, as real ones do.
class FakeTransport final : public HttpTransport
{
public:
    void add(std::shared_ptr<FakeNetwork> network) { m_networks.push_back(std::move(network)); }
    [[nodiscard]] QFuture<Result<HttpAnswer>> exchange(HttpRequest request) override;

    /// The trouble that the k-th request from now (0 = the next) meets; later requests meet none again.
    void setTrouble(int k, Trouble trouble);
    /// The k-th request from now reaches the network only at letGo().
    void hold(int k) { m_holdIn = k; }
    /// The next request that `which` means reaches the network at once, and is answered only at letGo().
    void holdAnswer(std::function<bool(const HttpRequest &)> which) { m_holdsAnswer = std::move(which); }
    [[nodiscard]] bool isHolding() const { return bool(m_held); }
    void letGo();
    [[nodiscard]] const std::vector<HttpRequest> &requests() const { return m_requests; }
    void forgetRequests() { m_requests.clear(); }

private:
    std::vector<std::shared_ptr<FakeNetwork>> m_networks;
    std::vector<HttpRequest> m_requests;
    int m_holdIn = -1;
    std::function<bool(const HttpRequest &)> m_holdsAnswer;
    std::function<void()> m_held;
    int m_troubleIn = -1;
    Trouble m_trouble = Trouble::none;
};

} // namespace Earshot
