// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/house/sourcetree.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace Earshot;

namespace {

constexpr qsizetype longestFile = 800;

/// Which rooms a room may see: design section 2, with the two that hold fakes and the sample workspace.
const QHash<QString, QStringList> &arrows()
{
    const auto list = [](const char *words) { return QString::fromLatin1(words).split(QLatin1Char(' ')); };
    static const QHash<QString, QStringList> all = {
        {QStringLiteral("model"), {}},
        {QStringLiteral("workspace"), list("model")},
        {QStringLiteral("desk"), list("model workspace")},
        {QStringLiteral("networks"), list("model")},
        {QStringLiteral("fakes"), list("model networks")},
        {QStringLiteral("courier"), list("model workspace desk networks")},
        {QStringLiteral("sample"), list("model workspace desk networks fakes courier")},
        {QStringLiteral("replica"), list("model workspace desk networks")},
        {QStringLiteral("server"), list("model workspace desk networks courier")},
        {QStringLiteral("cli"), list("model workspace desk networks fakes courier replica sample server")},
        {QStringLiteral("ui"), list("model workspace desk")},
    };
    return all;
}

/// What makes the desktop program out of all rooms.
bool composesProgram(const QString &path)
{
    return path == QLatin1StringView("ui/main.cpp") || path.startsWith(QLatin1StringView("ui/start/"));
}

QString joined(const QStringList &problems)
{
    return problems.join(QLatin1Char('\n'));
}

} // namespace

class LayersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void includesFollowTheArrows();
    void includesAreWrittenFromTheTop();
    void noFileIncludesItself();
    void noFolderIncludesItself();
    void screensKnowNeitherSqlNorHttp();
    void topLevelIsComplete();
    void noSqlStandsInCode();
    void textsArePutInTogether();
    void paintingHasItsThreadsAlone();
    void nobodyContinuesFutures();
    void everySourceHasItsLicence();
    void noFileIsTooLong();
    void classesHaveNamesOfTheirOwn();

    void classesAreFound();
    void circlesAreFound_data();
    void circlesAreFound();
    void sqlIsFound_data();
    void sqlIsFound();
    void textsPutInFirstAreFound();
    void includesAreFound();
    void licenceIsFound();

private:
    [[nodiscard]] QStringList codeIn(const QStringList &folders) const;

    SourceTree m_tree;
};

void LayersTest::initTestCase()
{
    m_tree = readTree(QStringLiteral(EARSHOT_SOURCE_DIR));
    QVERIFY(m_tree.contains(QStringLiteral("app/model/action.h")));
}

/// Paths of the C++ files below those folders of the top, sorted.
QStringList LayersTest::codeIn(const QStringList &folders) const
{
    QStringList paths;
    for (auto path = m_tree.keyBegin(); path != m_tree.keyEnd(); ++path) {
        if (isCode(*path) && folders.contains(path->section(QLatin1Char('/'), 0, 0)))
            paths.append(*path);
    }
    paths.sort();
    return paths;
}

void LayersTest::includesFollowTheArrows()
{
    QStringList problems;
    for (const QString &path : codeIn({QStringLiteral("app"), QStringLiteral("ui")})) {
        const QString room = roomOf(path);
        if (!arrows().contains(room))
            problems.append(QStringLiteral("%1: %2 is not a room").arg(path, room));
        if (composesProgram(path))
            continue;
        for (const QString &include : quotedIncludes(m_tree.value(path))) {
            const QString other = roomOf(resolved(include, m_tree));
            if (composesProgram(resolved(include, m_tree)))
                problems.append(QStringLiteral("%1 includes %2, which is above all").arg(path, include));
            if (!other.isEmpty() && other != room && !arrows().value(room).contains(other))
                problems.append(QStringLiteral("%1 includes %2: %3 may not see %4").arg(path, include, room, other));
        }
    }
    QVERIFY2(problems.isEmpty(), qPrintable(joined(problems)));
}

void LayersTest::includesAreWrittenFromTheTop()
{
    QStringList problems;
    for (const QString &path : codeIn({QStringLiteral("app"), QStringLiteral("ui")})) {
        for (const QString &include : quotedIncludes(m_tree.value(path))) {
            if (resolved(include, m_tree).isEmpty())
                problems.append(QStringLiteral("%1 includes \"%2\", which is no file of the house").arg(path, include));
        }
    }
    QVERIFY2(problems.isEmpty(), qPrintable(joined(problems)));
}

void LayersTest::noFileIncludesItself()
{
    Graph graph;
    for (const QString &path : codeIn({QStringLiteral("app"), QStringLiteral("ui")})) {
        for (const QString &include : quotedIncludes(m_tree.value(path)))
            graph[path].append(resolved(include, m_tree));
    }
    QCOMPARE(joined(findCircle(graph)), QString());
}

void LayersTest::noFolderIncludesItself()
{
    const auto folderOf = [](const QString &path) { return path.section(QLatin1Char('/'), 0, -2); };
    Graph graph;
    for (const QString &path : codeIn({QStringLiteral("app"), QStringLiteral("ui")})) {
        for (const QString &include : quotedIncludes(m_tree.value(path))) {
            const QString other = folderOf(resolved(include, m_tree));
            if (other != folderOf(path) && !graph[folderOf(path)].contains(other))
                graph[folderOf(path)].append(other);
        }
    }
    QCOMPARE(joined(findCircle(graph)), QString());
}

void LayersTest::screensKnowNeitherSqlNorHttp()
{
    QStringList problems;
    for (const QString &path : codeIn({QStringLiteral("ui")})) {
        for (const QString &include : systemIncludes(m_tree.value(path))) {
            // A screen's local socket (one process a file) is no network.
            const bool isNetwork = include.startsWith(QLatin1StringView("QNetwork")) ||
                                   include.startsWith(QLatin1StringView("QSsl")) ||
                                   include.startsWith(QLatin1StringView("QWebSocket"));
            if (isNetwork || include.startsWith(QLatin1StringView("QSql")) || include == QLatin1StringView("sqlite3.h"))
                problems.append(QStringLiteral("%1 includes <%2>").arg(path, include));
        }
    }
    QVERIFY2(problems.isEmpty(), qPrintable(joined(problems)));
}

/// Qt paints with its global threads: see backgroundThreads().
void LayersTest::paintingHasItsThreadsAlone()
{
    QStringList problems;
    for (const QString &path : codeIn({QStringLiteral("app"), QStringLiteral("ui")})) {
        if (m_tree.value(path).contains(QStringLiteral("QThreadPool::globalInstance()->")))
            problems.append(path);
    }
    QVERIFY2(problems.isEmpty(), qPrintable(joined(problems)));
}

void LayersTest::topLevelIsComplete()
{
    const QStringList expected = {QStringLiteral("CMakeLists.txt"), QStringLiteral("LICENSE"),
                                  QStringLiteral("README.md"),      QStringLiteral("app"),
                                  QStringLiteral("packaging"),      QStringLiteral("resources"),
                                  QStringLiteral("tests"),          QStringLiteral("ui")};
    QStringList present =
        QDir(QStringLiteral(EARSHOT_SOURCE_DIR)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot, QDir::Name);
    // Build folders are in .gitignore; files whose name begins with a dot are not listed.
    present.removeIf([](const QString &name) { return name.startsWith(QLatin1StringView("build")); });
    present.sort();
    QCOMPARE(joined(present), joined(expected));
}

void LayersTest::noSqlStandsInCode()
{
    QStringList problems;
    for (const QString &path : codeIn({QStringLiteral("app"), QStringLiteral("ui")})) {
        for (const QString &line : linesWithSql(m_tree.value(path)))
            problems.append(QStringLiteral("%1: %2").arg(path, line));
    }
    QVERIFY2(problems.isEmpty(), qPrintable(joined(problems)));
}

/// A person called "50%2" would have the next argument in their name.
void LayersTest::textsArePutInTogether()
{
    QStringList problems;
    for (const QString &path : codeIn({QStringLiteral("app"), QStringLiteral("ui")})) {
        for (const QString &argument : textsPutInFirst(m_tree.value(path)))
            problems.append(QStringLiteral("%1: .arg(%2).arg(").arg(path, argument));
    }
    QVERIFY2(problems.isEmpty(), qPrintable(joined(problems)));
}

/// Of Qt 6.4 it runs a continuation twice that is set at the moment in which the future ends on another thread.
void LayersTest::nobodyContinuesFutures()
{
    static const QRegularExpression continuation(QStringLiteral("\\.then\\((\\[|this\\b|&)"));
    QStringList problems;
    for (const QString &path : codeIn({QStringLiteral("app"), QStringLiteral("ui")})) {
        if (m_tree.value(path).contains(continuation))
            problems.append(path);
    }
    QVERIFY2(problems.isEmpty(), qPrintable(joined(problems)));
}

void LayersTest::everySourceHasItsLicence()
{
    QStringList problems;
    for (auto file = m_tree.begin(); file != m_tree.end(); ++file) {
        const bool isSource = isCode(file.key()) || file.key().endsWith(QLatin1StringView("CMakeLists.txt")) ||
                              file.key().endsWith(QLatin1StringView(".py")) ||
                              file.key().startsWith(QLatin1StringView("resources/schema/0")) ||
                              file.value().startsWith(QLatin1StringView("#!"));
        if (isSource && !hasLicence(file.value()))
            problems.append(file.key());
    }
    QVERIFY2(problems.isEmpty(), qPrintable(joined(problems)));
}

void LayersTest::noFileIsTooLong()
{
    QStringList problems;
    for (const QString &path : codeIn({QStringLiteral("app"), QStringLiteral("ui"), QStringLiteral("tests")})) {
        const qsizetype lines = m_tree.value(path).count(QLatin1Char('\n'));
        if (lines > longestFile)
            problems.append(QStringLiteral("%1 has %2 lines").arg(path).arg(lines));
    }
    QVERIFY2(problems.isEmpty(), qPrintable(joined(problems)));
}

/// Two of one name in one program are not seen by the linker: it takes what it likes of both. Tests of different
/// folders are different programs, and so are the command line and the window.
void LayersTest::classesHaveNamesOfTheirOwn()
{
    QHash<QString, QStringList> places; // of the program's, by name; of a folder of tests, by its name and theirs
    for (const QString &path : codeIn({QStringLiteral("app"), QStringLiteral("ui"), QStringLiteral("tests")})) {
        const QString folder =
            roomOf(path) == QLatin1StringView("tests") ? path.section(QLatin1Char('/'), 1, 1) : QString();
        if (!path.endsWith(QLatin1StringView(".h")))
            continue;
        for (const QString &name : classesIn(m_tree.value(path)))
            places[folder + u' ' + name].append(path);
    }
    QVERIFY(places.size() > 700);
    places.remove(QStringLiteral(" Earshot::Command"));
    QStringList problems;
    for (auto place = places.cbegin(); place != places.cend(); ++place) {
        const QString ours = u' ' + place.key().section(QLatin1Char(' '), 1);
        const QStringList all = place.key() == ours ? place.value() : place.value() + places.value(ours);
        if (all.size() > 1)
            problems.append(ours.mid(1) + QStringLiteral(": ") + all.join(QStringLiteral(", ")));
    }
    QVERIFY2(problems.isEmpty(), qPrintable(joined(problems)));
}

void LayersTest::classesAreFound()
{
    const QString header =
        QStringLiteral("class Forward;\nnamespace Earshot {\nstruct Plain\n{\n    struct Inner\n    {\n    };\n};\n"
                       "namespace Ask {\nclass Plain final : public Base\n{\n};\n} // namespace Ask\n"
                       "class Last final\n{\n};\n} // namespace Earshot\n");
    QCOMPARE(classesIn(header), QStringList({QStringLiteral("Earshot::Plain"), QStringLiteral("Earshot::Ask::Plain"),
                                             QStringLiteral("Earshot::Last")}));
}

void LayersTest::circlesAreFound_data()
{
    QTest::addColumn<QStringList>("edges");
    QTest::addColumn<int>("length");
    const auto edges = [](const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
    QTest::newRow("line") << edges("ab bc") << 0;
    QTest::newRow("diamond") << edges("ab ac bd cd") << 0;
    QTest::newRow("self") << edges("aa") << 2;
    QTest::newRow("pair") << edges("ab ba") << 3;
    QTest::newRow("far away") << edges("ab bc cd de ec") << 4;
}

void LayersTest::circlesAreFound()
{
    QFETCH(QStringList, edges);
    Graph graph;
    for (const QString &edge : edges)
        graph[edge.left(1)].append(edge.mid(1));
    const QStringList circle = findCircle(graph);
    QTEST(int(circle.size()), "length");
    QVERIFY(circle.isEmpty() || circle.first() == circle.last());
}

void LayersTest::sqlIsFound_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("isFound");
    const auto row = [](const char *line, bool isFound) {
        QTest::newRow(line) << QString::fromLatin1(line) << isFound;
    };
    row(R"x(run("SELECT id FROM message"))x", true);
    row(R"x(run("INSERT OR IGNORE INTO tag VALUES (1)"))x", true);
    row(R"x(run("UPDATE tag SET name = 1"))x", true);
    row(R"x(run("DELETE FROM tag"))x", true);
    row(R"x(run("CREATE UNIQUE INDEX a ON b (c)"))x", true);
    row(R"x(execute("PRAGMA user_version"))x", false);
    row(R"x(execute("BEGIN IMMEDIATE"))x", false);
    row(R"x(// SELECT id FROM message: why)x", false);
    row(R"x(text("Select one from the list"))x", false);
    row(R"x(statement("select_message_facts"))x", false);
}

void LayersTest::sqlIsFound()
{
    QFETCH(QString, line);
    QTEST(!linesWithSql(line).isEmpty(), "isFound");
}

void LayersTest::textsPutInFirstAreFound()
{
    const QString text = QStringLiteral("a.arg(name).arg(1);\nb.arg(all.size()).arg(name);\nc.arg(name, other);\n"
                                        "d.arg(of(u')', \"(\"))\n    .arg(i + 1)\n    .arg(name);\n"
                                        "e.arg(name, all.size()).arg(2);\n");
    QCOMPARE(textsPutInFirst(text), QStringList({QStringLiteral("name"), QStringLiteral("of(u')', \"(\")"),
                                                 QStringLiteral("name, all.size()")}));
}

void LayersTest::includesAreFound()
{
    const QString text = QStringLiteral("#include \"a/b.h\"\n# include \"c.h\"\n#include <QString>\n"
                                        "// #include \"no.h\"\n#include \"tst.moc\"\n");
    QCOMPARE(quotedIncludes(text), QStringList({QStringLiteral("a/b.h"), QStringLiteral("c.h")}));
    QCOMPARE(systemIncludes(text), QStringList{QStringLiteral("QString")});
}

void LayersTest::licenceIsFound()
{
    const QString lines = QStringLiteral("# SPDX-FileCopyrightText: 2026 X\n# SPDX-License-Identifier: Y\n");
    QVERIFY(hasLicence(lines));
    QVERIFY(hasLicence(QStringLiteral("#!/bin/sh\n") + lines));
    QVERIFY(!hasLicence(QStringLiteral("\n\n") + lines));
    QVERIFY(!hasLicence(QStringLiteral("#SPDX - FileCopyrightText : 2026 X\n#SPDX - License - Identifier : Y\n")));
    QVERIFY(!hasLicence(QString()));
}

QTEST_APPLESS_MAIN(LayersTest)
#include "tst_layers.moc"
