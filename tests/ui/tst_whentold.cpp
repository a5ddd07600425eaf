// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/whendone.h"

#include <QPromise>
#include <QTest>

using namespace Earshot;

/// What became of an action is told to somebody, or whoever did it knows that nobody heard.
class WhenToldTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whoIsThereHearsIt();
    void whoWentBeforeTheAnswerHearsNothing();
    void whoWentBetweenAnswerAndHearingHearsNothing();

private:
    void listen();

    std::unique_ptr<QPromise<int>> m_promise;
    std::unique_ptr<QObject> m_screen;
    int m_heard = 0;
};

void WhenToldTest::init()
{
    m_promise = std::make_unique<QPromise<int>>();
    m_screen = std::make_unique<QObject>();
    m_heard = 0;
    m_promise->start();
    whenTold(m_promise->future(), m_screen.get(), [this](int answer) { m_heard = answer; });
}

void WhenToldTest::whoIsThereHearsIt()
{
    m_promise->addResult(7);
    m_promise->finish();
    QTRY_COMPARE(m_heard, 7);
    m_screen.reset();
    QVERIFY(!m_promise->isCanceled());
}

void WhenToldTest::whoWentBeforeTheAnswerHearsNothing()
{
    m_screen.reset();
    QVERIFY(m_promise->isCanceled());
    m_promise->addResult(7);
    m_promise->finish();
    QCoreApplication::processEvents();
    QCOMPARE(m_heard, 0);
}

void WhenToldTest::whoWentBetweenAnswerAndHearingHearsNothing()
{
    m_promise->addResult(7);
    m_promise->finish();
    m_screen.reset();
    QVERIFY(m_promise->isCanceled());
    QCoreApplication::processEvents();
    QCOMPARE(m_heard, 0);
}

QTEST_GUILESS_MAIN(WhenToldTest)
#include "tst_whentold.moc"
