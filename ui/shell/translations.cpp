// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace Earshot {

void installTranslations(QCoreApplication &application)
{
    auto *own = new QTranslator(&application);
    const auto load = [own](const QLocale &locale) {
        return own->load(locale, QStringLiteral("earshot"), QStringLiteral("_"), QStringLiteral(":/i18n"));
    };
    if (load(QLocale()) || load(QLocale(QLocale::English)))
        QCoreApplication::installTranslator(own);
    auto *qt = new QTranslator(&application);
    if (qt->load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
}

} // namespace Earshot
