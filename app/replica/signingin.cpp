// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/signingin.h"

#include "model/future.h"
#include "networks/browsersignin.h"
#include "networks/networktransport.h"
#include "networks/registry.h"

namespace Earshot {

/// What lives on the thread of its own.
struct SigningIn::There final : QObject
{
    void start(const Finding &finding, const std::shared_ptr<Pending<Secret>> &pending);

    SigningIn *owner = nullptr;
    const Clock *clock = nullptr;
    MakeTransport makeTransport;
    std::unique_ptr<HttpTransport> transport; ///< outlives the sign-in
    std::unique_ptr<BrowserSignIn> signIn;
};

void SigningIn::There::start(const Finding &finding, const std::shared_ptr<Pending<Secret>> &pending)
{
    signIn.reset();
    if (!transport)
        transport = makeTransport();
    signIn = makeSignIn(finding.network, finding.address, {transport.get(), clock});
    if (!signIn) {
        pending->end(fail(ErrorKind::unsupported, word(finding.network)));
        return;
    }
    connect(signIn.get(), &BrowserSignIn::authorize, owner, &SigningIn::pageReady);
    whenDone(signIn->start(), this, [pending](const Result<SignedIn> &signedIn) {
        pending->end(signedIn ? Result<Secret>(signedIn->token) : Result<Secret>(tl::unexpected(signedIn.error())));
    });
}

SigningIn::SigningIn(const Clock &clock, MakeTransport makeTransport, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_makeTransport(makeTransport ? std::move(makeTransport) : [] { return std::make_unique<NetworkTransport>(); })
{
    m_thread.setObjectName(QStringLiteral("sign-in"));
}

SigningIn::~SigningIn()
{
    m_thread.quit();
    m_thread.wait();
}

QFuture<Result<Secret>> SigningIn::start(const Finding &finding)
{
    if (!m_there) {
        m_there = new There;
        m_there->owner = this;
        m_there->clock = &m_clock;
        m_there->makeTransport = m_makeTransport;
        m_there->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, m_there, &QObject::deleteLater);
        m_thread.start();
    }
    auto pending = Pending<Secret>::create();
    QMetaObject::invokeMethod(m_there, [there = m_there, finding, pending] { there->start(finding, pending); });
    return pending->future();
}

void SigningIn::cancel()
{
    if (m_there)
        QMetaObject::invokeMethod(m_there, [there = m_there] { there->signIn.reset(); });
}

} // namespace Earshot
