// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakesite.h"
#include "model/background.h"
#include "networks/feedconnector.h"

#include <QSemaphore>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

namespace {

class TestClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return m_now; }
    void pass(Duration duration) { m_now += duration; }

private:
    Time m_now = timeFromMs(1'790'000'000'000);
};

/// Nothing large is read until the semaphore is released: then the order of what happens is certain.
class BusyReaders final
{
public:
    BusyReaders()
        : m_threads(backgroundThreads().maxThreadCount())
    {
        backgroundThreads().setMaxThreadCount(1);
        backgroundThreads().start([this] { m_gate.acquire(); });
    }
    ~BusyReaders()
    {
        release();
        backgroundThreads().waitForDone();
        backgroundThreads().setMaxThreadCount(m_threads);
    }
    Q_DISABLE_COPY_MOVE(BusyReaders)
    void release() { m_gate.release(); }

private:
    int m_threads;
    QSemaphore m_gate;
};

} // namespace

/// Feeds that take long to read do not hold others up.
class LargeFeedTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void largeFeedLeavesTheThreadToOthers();
    void largeFeedIsLeftInTheMiddle();

private:
    [[nodiscard]] std::unique_ptr<FeedConnector> connector(const QString &path)
    {
        m_access.address = m_site->url(path).toString();
        return std::make_unique<FeedConnector>(m_access, NetworkSetting{m_transport.get(), &m_clock});
    }
    template <class T>
    [[nodiscard]] Result<T> wait(const QFuture<Result<T>> &future)
    {
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000))
            return fail(ErrorKind::unknown, u"never ended"_s);
        return future.result();
    }
    [[nodiscard]] qsizetype requests() const
    {
        const auto &all = m_transport->requests();
        return std::count_if(all.cbegin(), all.cend(),
                             [](const HttpRequest &each) { return each.url.path() == u"/large"_s; });
    }

    TestClock m_clock;
    std::shared_ptr<FakeSite> m_site;
    std::unique_ptr<FakeTransport> m_transport;
    ChannelAccess m_access;
};

void LargeFeedTest::init()
{
    m_site = std::make_shared<FakeSite>(u"cafe.example"_s, &m_clock);
    m_transport = std::make_unique<FakeTransport>();
    m_transport->add(m_site);
    m_access = {};
}

void LargeFeedTest::largeFeedLeavesTheThreadToOthers()
{
    QByteArray hostile = "<rss version='2.0'><channel><title>x</title>";
    while (hostile.size() < 16'000'000)
        hostile += "<item><title>a</titel><guid>1</guid></item>";
    m_site->setMalformed(u"/large"_s, hostile);
    m_site->addPost(u"One"_s, u"<p>1</p>"_s);
    const auto large = connector(u"/large"_s);
    const auto small = connector(u"/feed/"_s);
    BusyReaders readers;
    QStringList ended;
    whenDone(large->pull({}), this,
             [&ended](const Result<Page> &page) { ended.append(page ? u"large"_s : page.error().detail); });
    whenDone(small->pull({}), this,
             [&ended](const Result<Page> &page) { ended.append(page ? u"small"_s : page.error().detail); });
    // The large one was answered first.
    QTRY_VERIFY(!ended.isEmpty());
    QCOMPARE(ended, QStringList{u"small"_s});
    QCOMPARE(requests(), 1);
    readers.release();
    QTRY_COMPARE_WITH_TIMEOUT(ended, (QStringList{u"small"_s, u"large"_s}), 60'000);
}

void LargeFeedTest::largeFeedIsLeftInTheMiddle()
{
    m_site->setMalformed(u"/large"_s,
                         "<rss><channel><title>" + QByteArray(1'000'000, 'x') + "</title></channel></rss>");
    BusyReaders readers;
    auto large = connector(u"/large"_s);
    const auto pull = large->pull({});
    const auto check = large->check();
    QTRY_COMPARE(requests(), 2);
    large.reset();
    readers.release();
    QCOMPARE(wait(pull).error().kind, ErrorKind::cancelled);
    QCOMPARE(wait(check).error().kind, ErrorKind::cancelled);
}

QTEST_GUILESS_MAIN(LargeFeedTest)
#include "tst_largefeed.moc"
