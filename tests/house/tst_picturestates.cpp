// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/house/sourcetree.h"
#include "tests/pictures/states.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Earshot;

/// What tests/pictures/states.h promises.
class PictureStatesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyScreenIsThere();
    void everyStateIsShownOrExplained();
    void everyPictureIsTaken();

private:
    const SourceTree m_tree = readTree(QStringLiteral(EARSHOT_SOURCE_DIR));
};

void PictureStatesTest::everyScreenIsThere()
{
    static const QRegularExpression window(
        QStringLiteral("class \\w+ final : public (QDialog|KeepDialog|QMainWindow)"));
    static const QRegularExpression pane(QStringLiteral("/(composer|\\w+pane|\\w+side|\\w+panel|threadpage)\\.h$"));
    QStringList missing;
    for (auto file = m_tree.cbegin(); file != m_tree.cend(); ++file) {
        if (!file.key().startsWith(QLatin1StringView("ui/")) || !file.key().endsWith(QLatin1StringView(".h")))
            continue;
        if (!window.match(file.value()).hasMatch() && !pane.match(file.key()).hasMatch())
            continue;
        const bool isThere = std::any_of(std::begin(States::all), std::end(States::all), [&](const auto &screen) {
            return file.key() == QStringLiteral("ui/%1.h").arg(QLatin1StringView(screen.file));
        });
        if (!isThere)
            missing.append(file.key());
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
    for (const States::Screen &screen : States::all)
        QVERIFY2(m_tree.contains(QStringLiteral("ui/%1.h").arg(QLatin1StringView(screen.file))), screen.file);
}

void PictureStatesTest::everyStateIsShownOrExplained()
{
    for (const States::Screen &screen : States::all) {
        for (const States::Cell &cell : screen.cells())
            QVERIFY2(bool(cell.picture) != bool(cell.why), screen.file);
    }
}

void PictureStatesTest::everyPictureIsTaken()
{
    QString photographers;
    for (auto file = m_tree.cbegin(); file != m_tree.cend(); ++file) {
        if (file.key().startsWith(QLatin1StringView("tests/pictures/")) &&
            !file.key().endsWith(QLatin1StringView("states.h")))
            photographers += file.value();
    }
    // Some names are put together: the beginning, or the whole, stands there.
    QStringList missing = States::notReached({});
    missing.removeIf([&photographers](const QString &picture) {
        return photographers.contains(QLatin1Char('"') + picture + QLatin1Char('"')) ||
               photographers.contains(QLatin1Char('"') + picture.section(QLatin1Char('-'), 0, -2) + QLatin1Char('-'));
    });
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
}

QTEST_APPLESS_MAIN(PictureStatesTest)
#include "tst_picturestates.moc"
