// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/peers/screenreader.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

constexpr quint32 enter = 0xff0d; ///< as X11 names its keys
constexpr quint32 escape = 0xff1b;

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// The real program on a real display, used by somebody who sees nothing of it: with the keys, and by what a screen
/// reader hears over the accessibility bus.
class ScreenReaderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { m_reader.reset(); }
    void listIsTheRowsOnScreen();
    void everythingSaysWhatItIs();
    void worksOffWithoutLooking();
    void windowsSayWhatTheyAre_data();
    void windowsSayWhatTheyAre();

private:
    /// Presses a key; what was said before is forgotten.
    void press(quint32 key);
    /// Whether something with this role and this in its name was said since the last key.
    [[nodiscard]] bool hasSaid(const QString &role, const QString &part);
    /// What is wrong with what can be found from here on; empty when nothing is.
    [[nodiscard]] QStringList wrongBelow(const AccessibleNode &top, int *seen = nullptr);

    QTemporaryDir m_home;
    std::unique_ptr<ScreenReader> m_reader;
    QProcess m_program;
    AccessibleNode m_top;
    QStringList m_said;
};

void ScreenReaderTest::initTestCase()
{
    if (qEnvironmentVariableIsEmpty("EARSHOT_SCREEN_READER"))
        QSKIP("No display and no accessibility bus: run this by tests/peers/screenreader/run");
    m_reader = std::make_unique<ScreenReader>();
    QVERIFY2(m_reader->isListening(), qPrintable(m_reader->trouble()));
}

void ScreenReaderTest::init()
{
    m_said.clear();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        environment.insert(str(name), m_home.path());
    environment.insert(str("QT_QPA_PLATFORM"), str("xcb"));
    environment.insert(str("LANG"), str("en_GB.UTF-8"));
    m_program.setProcessEnvironment(environment);
    m_program.setProcessChannelMode(QProcess::ForwardedChannels);
    m_program.start(str(EARSHOT_BINARY_DIR "/ui/earshot"), {str("--sample")});
    QVERIFY(m_program.waitForStarted());
    QTRY_COMPARE(m_reader->programs().size(), 1U);
    m_top = m_reader->programs().back();
    QCOMPARE(m_reader->facts(m_top).role, str("application"));
    QTRY_VERIFY(m_reader->facts(m_reader->find(m_top, str("list"), str("Conversations"))).childCount > 3);
    // Keys go to the window that the window manager has made the active one.
    QTRY_VERIFY(m_reader->facts(m_reader->children(m_top).front()).is(ScreenReader::Active));
    const auto hasFocus = [this] {
        bool has = false;
        m_reader->walk(m_top, [&has](const AccessibleNode &, const AccessibleFacts &facts) {
            has = has || facts.is(ScreenReader::Focused);
            return !has;
        });
        return has;
    };
    QTRY_VERIFY(hasFocus());
}

void ScreenReaderTest::cleanup()
{
    m_program.kill();
    m_program.waitForFinished();
    QTRY_VERIFY(m_reader->programs().empty());
    static_cast<void>(m_reader->takeSaid());
}

void ScreenReaderTest::press(quint32 key)
{
    static_cast<void>(m_reader->takeSaid());
    m_said.clear();
    m_reader->press(key);
}

bool ScreenReaderTest::hasSaid(const QString &role, const QString &part)
{
    m_said += m_reader->takeSaid();
    return std::any_of(m_said.cbegin(), m_said.cend(), [&](const QString &said) {
        return said.startsWith(role + QLatin1Char(':')) && said.contains(part);
    });
}

QStringList ScreenReaderTest::wrongBelow(const AccessibleNode &top, int *seen)
{
    QStringList wrong;
    const int count = m_reader->walk(top, [&](const AccessibleNode &, const AccessibleFacts &facts) {
        const QString what = str("%1 “%2” (%3)").arg(facts.role, facts.name, facts.description);
        const bool isForPressing = facts.role.contains(str("button")) || facts.role == str("check box");
        if (facts.role != str("cell") && (facts.is(ScreenReader::Focusable) || isForPressing) &&
            facts.name.trimmed().isEmpty())
            wrong.append(str("has no name: ") + what);
        if (facts.role.isEmpty() || facts.role == str("unknown") || facts.role == str("invalid"))
            wrong.append(str("has no role: ") + what);
        if (facts.name.contains(str("<qt>")) || facts.description.contains(str("<qt>")))
            wrong.append(str("speaks markup: ") + what);
        return true;
    });
    if (seen)
        *seen = count;
    return wrong;
}

void ScreenReaderTest::listIsTheRowsOnScreen()
{
    const AccessibleNode list = m_reader->find(m_top, str("list"), str("Conversations"));
    const std::vector<AccessibleNode> rows = m_reader->children(list);
    QVERIFY(rows.size() > 3);
    QVERIFY(rows.size() < 40);
    const QRect area = m_reader->place(list);
    for (const AccessibleNode &row : rows) {
        const AccessibleFacts facts = m_reader->facts(row);
        QCOMPARE(facts.role, str("list item"));
        QVERIFY2(area.intersects(m_reader->place(row)), qPrintable(facts.name));
        QVERIFY2(facts.description.startsWith(str("row ")), qPrintable(facts.description));
    }
    // What a braille display does with a row: it presses it.
    QVERIFY(m_reader->act(rows.at(1)));
    QTRY_VERIFY(m_reader->facts(rows.at(1)).is(ScreenReader::Selected));
}

void ScreenReaderTest::everythingSaysWhatItIs()
{
    press('j');
    QTRY_VERIFY(hasSaid(str("list item"), str(",")));
    press('r');
    QTRY_VERIFY2(hasSaid(str("text"), str("reply")), qPrintable(m_said.join(QLatin1Char('\n'))));
    int seen = 0;
    const QStringList wrong = wrongBelow(m_top, &seen);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    QVERIFY(seen > 80);
}

void ScreenReaderTest::worksOffWithoutLooking()
{
    const AccessibleNode list = m_reader->find(m_top, str("list"), str("Conversations"));
    const auto nameOf = [this](const AccessibleNode &row) {
        return m_reader->facts(row).name.section(QLatin1Char(','), 0, 0);
    };
    const std::vector<AccessibleNode> rows = m_reader->children(list);
    const QString first = nameOf(rows.at(0));
    const QString second = nameOf(rows.at(1));
    const QString third = nameOf(rows.at(2));
    press('j');
    QTRY_VERIFY2(hasSaid(str("list item"), first), qPrintable(m_said.join(QLatin1Char('\n'))));
    press('j');
    QTRY_VERIFY2(hasSaid(str("list item"), second), qPrintable(m_said.join(QLatin1Char('\n'))));
    // Into the conversation: its message, last of all; the list around it is said before.
    press(enter);
    QTRY_VERIFY2(hasSaid(str("list item"), second), qPrintable(m_said.join(QLatin1Char('\n'))));
    QCOMPARE(m_said.indexOf(str("list: Messages")), 0);
    press('n');
    QTRY_VERIFY2(hasSaid(str("text"), str("Note")), qPrintable(m_said.join(QLatin1Char('\n'))));
    m_reader->type(str("seen without eyes"));
    QTRY_COMPARE(m_reader->text(m_reader->focused()), str("seen without eyes"));
    // Back to the message at once, without a word about anything between.
    press(escape);
    QTRY_VERIFY2(hasSaid(str("list item"), second), qPrintable(m_said.join(QLatin1Char('\n'))));
    QVERIFY2(!m_said.join(QLatin1Char('\n')).contains(str("Search")), qPrintable(m_said.join(QLatin1Char('\n'))));
    // K and J say the row from here, too.
    press('j');
    QTRY_VERIFY2(hasSaid(str("notification"), third), qPrintable(m_said.join(QLatin1Char('\n'))));
    // What was done is said.
    press('e');
    QTRY_VERIFY2(hasSaid(str("notification"), str("Resolved")), qPrintable(m_said.join(QLatin1Char('\n'))));
    // And how many are marked, of a run of them at its end; and that none is any more.
    press('x');
    m_reader->press('j');
    m_reader->press('x');
    QTRY_VERIFY2(hasSaid(str("notification"), str("2 conversations marked")),
                 qPrintable(m_said.join(QLatin1Char('\n'))));
    press(escape);
    QTRY_VERIFY2(hasSaid(str("notification"), str("Nothing is marked")), qPrintable(m_said.join(QLatin1Char('\n'))));
}

void ScreenReaderTest::windowsSayWhatTheyAre_data()
{
    QTest::addColumn<QString>("command");
    for (const char *name : {"Channels", "Team", "Saved replies", "Macros", "Journal", "Outbox and trouble"})
        QTest::newRow(name) << str(name);
}

void ScreenReaderTest::windowsSayWhatTheyAre()
{
    QFETCH(QString, command);
    const size_t before = m_reader->children(m_top).size();
    press('/');
    QTRY_VERIFY(hasSaid(str("text"), str("Search or command")));
    m_reader->type(command.toLower());
    QTRY_VERIFY(m_reader->find(m_top, str("list item"), command).isThere());
    press(enter);
    QTRY_VERIFY2(hasSaid(str("list item"), command), qPrintable(m_said.join(QLatin1Char('\n'))));
    press(enter);
    QTRY_VERIFY(m_reader->children(m_top).size() > before);
    const AccessibleNode dialog = m_reader->children(m_top).back();
    QTRY_VERIFY(m_reader->facts(dialog).is(ScreenReader::Showing));
    QCOMPARE(m_reader->facts(dialog).role, str("dialog"));
    QVERIFY(!m_reader->facts(dialog).name.isEmpty());
    const QStringList wrong = wrongBelow(dialog);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

QTEST_GUILESS_MAIN(ScreenReaderTest)
#include "tst_screenreader.moc"
