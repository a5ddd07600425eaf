// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakenetwork.h"

#include <QCoreApplication>
#include <QPromise>
#include <QStringList>

#include <utility>

namespace Earshot {

namespace {

Result<HttpAnswer> meet(FakeNetwork &network, const HttpRequest &request, Trouble trouble)
{
    switch (trouble) {
    case Trouble::none: {
        HttpAnswer answer = network.answer(request);
        if (answer.body.size() > request.maxBody && !request.hasEffect)
            return fail(ErrorKind::tooLarge, QStringLiteral("an answer of %1 bytes").arg(answer.body.size()));
        return answer;
    }
    case Trouble::refused:
        return fail(ErrorKind::transient, QStringLiteral("connection refused"));
    case Trouble::untrusted:
        return fail(ErrorKind::certificate, QStringLiteral("the certificate is not trusted"));
    case Trouble::answerLost:
        static_cast<void>(network.answer(request));
        return fail(request.hasEffect ? ErrorKind::unsure : ErrorKind::transient,
                    QStringLiteral("the connection closed"));
    case Trouble::serverError:
        return HttpAnswer{.status = 500, .url = request.url, .movedTo = {}, .headers = {}, .body = "oops"};
    case Trouble::gaveUp:
        static_cast<void>(network.answer(request));
        return HttpAnswer{.status = 503,
                          .url = request.url,
                          .movedTo = {},
                          .headers = {{"retry-after", "5"}},
                          .body = "<h1>Backend fetch failed"};
    case Trouble::denied:
        static_cast<void>(network.answer(request));
        return HttpAnswer{.status = 429, .url = request.url, .movedTo = {}, .headers = {}, .body = {}};
    case Trouble::garbage:
        return HttpAnswer{
            .status = 200, .url = request.url, .movedTo = {}, .headers = {}, .body = QByteArray("\x00\xff\xfe{[", 5)};
    }
    Q_UNREACHABLE();
}

} // namespace

QFuture<Result<HttpAnswer>> FakeTransport::exchange(HttpRequest request)
{
    m_requests.push_back(request);
    const Trouble trouble = m_troubleIn == 0 ? m_trouble : Trouble::none;
    if (m_troubleIn >= 0)
        --m_troubleIn;

    const auto promise = std::make_shared<QPromise<Result<HttpAnswer>>>();
    promise->start();
    QFuture<Result<HttpAnswer>> future = promise->future();
    auto reach = [this, request, trouble]() -> Result<HttpAnswer> {
        Result<HttpAnswer> result = fail(ErrorKind::transient, QStringLiteral("no such host"));
        for (const auto &network : m_networks) {
            if (network->hosts().contains(request.url.host()))
                result = meet(*network, request, trouble);
        }
        return result;
    };
    // From the event loop: a caller that starts the next request in its continuation must not recurse.
    const auto tell = [promise](Result<HttpAnswer> result) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            // Only read: the thread that asked may be the one that destroys it.
            [promise, result = std::move(result)] {
                promise->addResult(result);
                promise->finish();
            },
            Qt::QueuedConnection);
    };
    const bool isHeld = m_holdIn == 0;
    if (m_holdIn >= 0)
        --m_holdIn;
    if (isHeld) {
        m_held = [tell, reach = std::move(reach)] { tell(reach()); };
    } else if (m_holdsAnswer && m_holdsAnswer(request)) {
        m_holdsAnswer = {};
        m_held = [tell, result = reach()] { tell(result); };
    } else {
        tell(reach());
    }
    return future;
}

void FakeTransport::letGo()
{
    if (const auto goOn = std::exchange(m_held, {}))
        goOn();
}

void FakeTransport::setTrouble(int k, Trouble trouble)
{
    m_troubleIn = k;
    m_trouble = trouble;
}

} // namespace Earshot
