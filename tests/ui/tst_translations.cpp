// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/performcall.h"
#include "ui/shell/errortext.h"

#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <algorithm>

using namespace Earshot;

/// German is complete, English has its plurals, and no string escaped the files.
class TranslationsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStringIsInTheFileAndTranslated();
    void englishHasAllPlurals();
    void placeholdersSurvive();
    void thousandsAreSetApart_data();
    void thousandsAreSetApart();
    void mnemonicsAreKept();
    void whatRulesSayIsTranslated();
    void whatTheDiskSaysIsTranslated();

private:
    struct Message
    {
        QString context;
        QString source;
        QString comment;
        QStringList translations;
        bool isPlural = false;
        bool isFinished = true;
    };
    [[nodiscard]] static QList<Message> read(const QString &file);
    [[nodiscard]] static QString translation(const char *name)
    {
        return QStringLiteral(EARSHOT_SOURCE_DIR "/resources/translations/") + QString::fromLatin1(name);
    }
};

QList<TranslationsTest::Message> TranslationsTest::read(const QString &file)
{
    QFile opened(file);
    if (!opened.open(QIODevice::ReadOnly))
        return {};
    QList<Message> all;
    QXmlStreamReader xml(&opened);
    Message message;
    QString context;
    while (!xml.atEnd()) {
        if (!xml.readNextStartElement()) {
            if (xml.isEndElement() && xml.name() == QLatin1StringView("message"))
                all.append(message);
            continue;
        }
        const auto name = xml.name();
        if (name == QLatin1StringView("name")) {
            context = xml.readElementText();
        } else if (name == QLatin1StringView("message")) {
            message = Message();
            message.context = context;
            message.isPlural = xml.attributes().value(QLatin1StringView("numerus")) == QLatin1StringView("yes");
        } else if (name == QLatin1StringView("source")) {
            message.source = xml.readElementText();
        } else if (name == QLatin1StringView("comment")) {
            message.comment = xml.readElementText();
        } else if (name == QLatin1StringView("translation")) {
            message.isFinished = !xml.attributes().hasAttribute(QLatin1StringView("type"));
            if (!message.isPlural)
                message.translations.append(xml.readElementText());
        } else if (name == QLatin1StringView("numerusform")) {
            message.translations.append(xml.readElementText());
        }
    }
    return all;
}

void TranslationsTest::everyStringIsInTheFileAndTranslated()
{
    const QString lupdate = QLibraryInfo::path(QLibraryInfo::BinariesPath) + QStringLiteral("/lupdate");
    if (!QFile::exists(lupdate))
        QSKIP("lupdate is not installed");
    const QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("earshot_de.ts"));
    QVERIFY(QFile::copy(translation("earshot_de.ts"), copy));
    QStringList arguments{QStringLiteral("-I"),           QStringLiteral(EARSHOT_SOURCE_DIR),
                          QStringLiteral("-I"),           QStringLiteral(EARSHOT_SOURCE_DIR "/app"),
                          QStringLiteral("-no-obsolete"), QStringLiteral("-locations"),
                          QStringLiteral("none"),         QStringLiteral("-silent")};
    QDirIterator sources(QStringLiteral(EARSHOT_SOURCE_DIR "/ui"), {QStringLiteral("*.cpp"), QStringLiteral("*.h")},
                         QDir::Files, QDirIterator::Subdirectories);
    while (sources.hasNext())
        arguments.append(sources.next());
    // The page that the browser shows, and what else of the program's other rooms is read in a window.
    for (const char *read : {"networks/browsersignin.cpp", "model/healthsentences.h", "workspace/verify.cpp"})
        arguments.append(QStringLiteral(EARSHOT_SOURCE_DIR "/app/") + QString::fromLatin1(read));
    arguments += {QStringLiteral("-ts"), copy};
    QProcess process;
    process.start(lupdate, arguments);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 0);
    const QList<Message> messages = read(copy);
    QVERIFY(messages.size() > 500);
    QStringList missing;
    for (const Message &message : messages) {
        const bool hasText = std::none_of(message.translations.cbegin(), message.translations.cend(),
                                          [](const QString &text) { return text.isEmpty(); });
        if (!message.isFinished || !hasText || message.translations.isEmpty())
            missing.append(message.context + QStringLiteral(": ") + message.source);
    }
    QVERIFY2(missing.isEmpty(), qUtf8Printable(missing.join(QLatin1Char('\n'))));
    // And nothing in the file that the program no longer says.
    QCOMPARE(read(translation("earshot_de.ts")).size(), messages.size());
}

void TranslationsTest::englishHasAllPlurals()
{
    QSet<QString> english;
    for (const Message &message : read(translation("earshot_en.ts"))) {
        QCOMPARE(message.translations.size(), 2);
        english.insert(message.context + QLatin1Char('|') + message.source);
    }
    QStringList missing;
    for (const Message &message : read(translation("earshot_de.ts"))) {
        const QString key = message.context + QLatin1Char('|') + message.source;
        if (message.isPlural && !english.contains(key))
            missing.append(key);
    }
    QVERIFY2(missing.isEmpty(), qUtf8Printable(missing.join(QLatin1Char('\n'))));
}

void TranslationsTest::placeholdersSurvive()
{
    static const QRegularExpression place(QStringLiteral("%L?(?:[1-9]|n)"));
    // Of a count the thousands are set apart.
    static const QString bare = QStringLiteral("%n");
    const auto places = [](const QString &text) {
        QSet<QString> found;
        for (auto it = place.globalMatch(text); it.hasNext();)
            found.insert(it.next().captured());
        return found;
    };
    for (const Message &message : read(translation("earshot_de.ts"))) {
        QVERIFY2(!message.source.contains(bare), qUtf8Printable(message.source));
        for (const QString &text : message.translations) {
            QSet<QString> expected = places(message.source);
            QSet<QString> found = places(text);
            // "Ein Gespräch" for one of them is good German.
            if (message.isPlural && text == message.translations.constFirst()) {
                expected.remove(QStringLiteral("%Ln"));
                found.remove(QStringLiteral("%Ln"));
            }
            QVERIFY2(found == expected, qUtf8Printable(message.source + QStringLiteral(" -> ") + text));
        }
    }
}

void TranslationsTest::thousandsAreSetApart_data()
{
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QString>("written");
    QTest::addRow("German") << QLocale(QLocale::German, QLocale::Germany) << QStringLiteral("1.234");
    QTest::addRow("English") << QLocale(QLocale::English, QLocale::UnitedStates) << QStringLiteral("1,234");
}

void TranslationsTest::thousandsAreSetApart()
{
    QFETCH(QLocale, locale);
    QFETCH(QString, written);
    QTranslator translator;
    QVERIFY(translator.load(locale, QStringLiteral("earshot"), QStringLiteral("_"), QStringLiteral(":/i18n")));
    const QLocale before;
    QLocale::setDefault(locale);
    QCoreApplication::installTranslator(&translator);
    const QString said = QCoreApplication::translate("Earshot::TopBar", "%Ln waiting to be sent", nullptr, 1234);
    QCoreApplication::removeTranslator(&translator);
    QLocale::setDefault(before);
    QVERIFY2(said.startsWith(written + QLatin1Char(' ')), qPrintable(said));
}

void TranslationsTest::mnemonicsAreKept()
{
    for (const Message &message : read(translation("earshot_de.ts"))) {
        for (const QString &text : message.translations) {
            QVERIFY2(message.source.count(QLatin1Char('&')) == text.count(QLatin1Char('&')), qUtf8Printable(text));
            QVERIFY2(!text.contains(QStringLiteral("amp;")), qUtf8Printable(text));
        }
    }
}

void TranslationsTest::whatRulesSayIsTranslated()
{
    QTranslator german;
    QVERIFY(german.load(QLocale(QLocale::German), QStringLiteral("earshot"), QStringLiteral("_"),
                        QStringLiteral(":/i18n")));
    static const QRegularExpression said(
        QStringLiteral("(?:refuse\\(RefusalKind::(?:notPossible|invalid),|\\? QString\\(\\) :|return)"
                       "\\s*QStringLiteral\\(\"([a-z][^\"]* [^\"]*)\"\\)"));
    int count = 0;
    QDirIterator rules(QStringLiteral(EARSHOT_SOURCE_DIR "/app/model"), {QStringLiteral("decide*.cpp")}, QDir::Files);
    while (rules.hasNext()) {
        QFile file(rules.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        for (auto it = said.globalMatch(text); it.hasNext();) {
            const QString detail = it.next().captured(1);
            const QString english = ErrorText::reason(detail);
            QCoreApplication::installTranslator(&german);
            const QString translated = ErrorText::reason(detail);
            QCoreApplication::removeTranslator(&german);
            QVERIFY2(translated != english, qUtf8Printable(detail));
            ++count;
        }
    }
    QVERIFY(count > 15);
    QVERIFY(!ErrorText::knownReason(TurnedAway::reason()).isEmpty());
}

/// The database and the system speak English, whatever is read here.
void TranslationsTest::whatTheDiskSaysIsTranslated()
{
    QTranslator german;
    QVERIFY(german.load(QLocale(QLocale::German), QStringLiteral("earshot"), QStringLiteral("_"),
                        QStringLiteral(":/i18n")));
    const QString file = QStringLiteral("/home/kim/desk.earshot.media: ");
    for (const char *words : {"disk I/O error Unable to fetch row", "unable to open database file", "out of memory",
                              "Permission denied", "Read-only file system", "No such file or directory"}) {
        const QString detail = QString::fromLatin1(words);
        const QString english = ErrorText::of(Error{ErrorKind::io, detail, {}});
        QCoreApplication::installTranslator(&german);
        const QString translated = ErrorText::of(Error{ErrorKind::io, detail, {}});
        const QString withFile = ErrorText::of(Error{ErrorKind::io, file + detail, {}});
        QCoreApplication::removeTranslator(&german);
        QVERIFY2(translated != english && !translated.contains(detail, Qt::CaseInsensitive), words);
        QVERIFY2(!translated.contains(english.section(QLatin1Char('.'), 1, 1)), qUtf8Printable(translated));
        QVERIFY2(withFile.contains(file.trimmed()), qUtf8Printable(withFile));
    }
}

QTEST_MAIN(TranslationsTest)
#include "tst_translations.moc"
