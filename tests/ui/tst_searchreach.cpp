// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/shell/plainlabel.h"
#include "ui/window/topbar.h"

#include <QLineEdit>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// While older history is still to come the window says how far a search reaches, and no longer than that.
class SearchReachTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { m_world = std::make_unique<WindowWorld>(); }
    void cleanup() { m_world.reset(); }
    void windowSaysHowFar();
    void unknownDateIsNotMadeUp();

private:
    [[nodiscard]] QString status() { return m_world->window().findChild<TopBar *>()->status(); }
    [[nodiscard]] PlainLabel &label() { return *m_world->find<PlainLabel>("searchReach"); }
    [[nodiscard]] QString statePage()
    {
        QStringList texts;
        const auto labels = m_world->find<QWidget>("searchPane")->findChildren<PlainLabel *>();
        for (const PlainLabel *one : labels)
            texts.append(one->text());
        return texts.join(u'\n');
    }

    std::unique_ptr<WindowWorld> m_world;
};

void SearchReachTest::windowSaysHowFar()
{
    QVERIFY(label().isHidden());
    m_world->find<QLineEdit>("searchField")->setText(str("zzyzx qwrt"));
    QTRY_VERIFY(statePage().contains(str("All of the history on this computer was searched")));
    const Time since = timeFromMs(1'770'000'000'000);
    m_world->setSearchReach(QString::number(toMs(since)));
    const QString day = QLocale().toString(toDateTime(since).toLocalTime().date(), QLocale::LongFormat);
    QTRY_VERIFY(!label().isHidden());
    QCOMPARE(label().text(), str("Search reaches back to %1").arg(day));
    // Whole, with the room around it.
    QTRY_VERIFY(label().contentsRect().height() >= label().fontMetrics().height());
    QVERIFY(!statePage().contains(str("All of the history on this computer was searched")));
    QVERIFY(statePage().contains(str("could not be searched yet")));
    QTRY_COMPARE(status(), label().text());
    m_world->setSearchReach({});
    QTRY_VERIFY(label().isHidden());
    QVERIFY(statePage().contains(str("All of the history on this computer was searched")));
    QTRY_VERIFY(!status().contains(str("Search reaches back")));
}

void SearchReachTest::unknownDateIsNotMadeUp()
{
    m_world->setSearchReach(str("0"));
    QTRY_VERIFY(!label().isHidden());
    QCOMPARE(label().text(), str("Search does not reach all history yet"));
}

QTEST_MAIN(SearchReachTest)
#include "tst_searchreach.moc"
