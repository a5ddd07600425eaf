// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "networks/http.h"

#include <QThread>

#include <functional>
#include <memory>

namespace Earshot {

/// Signs in at networks through the browser of this machine, where the person is; the server, which may be anywhere, is
/// given what it brought. Owns a thread of its own, from the first sign-in on; lives on the thread that made it. One
/// sign-in at a time.
class SigningIn final : public QObject
{
    Q_OBJECT

public:
    /// Called on that thread.
    using MakeTransport = std::function<std::unique_ptr<HttpTransport>()>;

    /// @param makeTransport to real servers unless a test says otherwise
    explicit SigningIn(const Clock &clock, MakeTransport makeTransport = {}, QObject *parent = nullptr);
    ~SigningIn() override;

    /// Ends one that is under way. Errors: those of BrowserSignIn::start; unsupported (the network has none),
    /// cancelled.
    [[nodiscard]] QFuture<Result<Secret>> start(const Finding &finding);
    void cancel();

Q_SIGNALS:
    /// The page to open in the browser.
    void pageReady(const QUrl &page);

private:
    struct There;

    const Clock &m_clock;
    const MakeTransport m_makeTransport;
    QThread m_thread;
    There *m_there = nullptr; ///< lives on that thread and goes with it
};

} // namespace Earshot
