// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/effectgate.h"

#include "model/future.h"

#include <QTest>

#include <vector>

using namespace Earshot;
using namespace std::chrono_literals;

/// Answers everything with 200 and remembers it.
class Wire final : public HttpTransport
{
public:
    QFuture<Result<HttpAnswer>> exchange(HttpRequest request) override
    {
        requests.push_back(std::move(request));
        return readyFuture<Result<HttpAnswer>>(
            HttpAnswer{.status = 200, .url = {}, .movedTo = {}, .headers = {}, .body = {}});
    }
    std::vector<HttpRequest> requests;
};

static HttpRequest effect()
{
    HttpRequest request;
    request.method = "POST";
    request.hasEffect = true;
    return request;
}

class EffectGateTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void effectsEndWithTheAttempt();
    void questionsPassAlways();

private:
    Wire m_wire;
    Duration m_uptime = 1h;
    EffectGate m_gate{m_wire, [this] { return m_uptime; }};
};

void EffectGateTest::effectsEndWithTheAttempt()
{
    QVERIFY(m_gate.exchange(effect()).result());
    QCOMPARE(m_wire.requests.back().timeout, Duration(30s));

    m_gate.beginAttempt(40s);
    QVERIFY(!m_gate.hasPassed());
    m_uptime += 25s;
    QVERIFY(m_gate.exchange(effect()).result());
    QVERIFY(m_gate.hasPassed());
    QCOMPARE(m_wire.requests.back().timeout, Duration(15s));

    m_uptime += 15s;
    const size_t before = m_wire.requests.size();
    const Result<HttpAnswer> late = m_gate.exchange(effect()).result();
    QVERIFY(!late);
    QCOMPARE(late.error().kind, ErrorKind::transient);
    QCOMPARE(m_wire.requests.size(), before);

    m_gate.reset();
    QVERIFY(m_gate.exchange(effect()).result());
}

void EffectGateTest::questionsPassAlways()
{
    m_gate.beginAttempt(1s);
    m_uptime += 2s;
    QVERIFY(m_gate.exchange(HttpRequest()).result());
    QCOMPARE(m_wire.requests.back().timeout, Duration(30s));
    QVERIFY(!m_gate.hasPassed());
}

QTEST_GUILESS_MAIN(EffectGateTest)
#include "tst_effectgate.moc"
