"""What stands where a password or key could, in code and settings of public repositories, and is none; beside each what is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.blob import Blob
from auditor.model.levels import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.detection.scanner import Scanner

DRAWN = "q8Zr3vLw9¦TxK2mN5bHs7"
PAIRS = {
    "two fields of a form": ("fields = ('email', 'password1', 'password2')", "fill('password1', 'tR7v¦q9LmZ')"),
    "the name of an event": ('track("ChangePasswordSuccess", "upperUsername")', 'put("password", "tR7v¦q9LmZ")'),
    "a further text of a row": (
        "VALUES (17, 'Change', 'Password', 'ACTIVE');",
        "INSERT INTO users (name, password) VALUES ('app', 'tR7v¦q9LmZ');",
    ),
    "one text for another": ('url.replace("initial-password", "verify-email-confirm")', 'option("password", "tR7v¦q9LmZ")'),
    "the next text of a list": (
        '    "x",\n    "megasecret",\n    "babygirl14",\n    "supernova",',
        'option(\n    "secret",\n    "babygirl14",\n)',
    ),
    "two texts of a list of Python": ('    "user",\n    "password",\n    "quinoa7",', 'args:\n  - "--password"\n  - "tR7v¦q9LmZ"'),
    "a list of fields": (
        '    "x",\n    "password",\n    "tR7vq9",',
        '"command": [\n  "mysql",\n  "--password",\n  "tR7v¦q9LmZ"\n]',
    ),
    "a list that is looked into": ("if text in ['password1234', 'passw0rd1234']:", "log_in('password', 'passw0rd12¦34')"),
    "a package by its version": (
        'oauth2OidcSdk = "com.nimbusds:oauth2-oidc-sdk:11.38.2"',
        'oauth2OidcSdkKey = "comnimbusds:oauth2¦oidc-sdk1138b2"',
    ),
    "what a page measures": (
        'data-click-hmac="26c55cc984d879f64e1c63ebffb96103ed2ab2fa14059a6a78993a623635b135"',
        'hmac_key = "26c55cc984d879f64e1c63ebffb96103¦ed2ab2fa14059a6a78993a623635b135"',
    ),
    "a link to a page": ("link_to_change_password = 'thelink' + code", "change_password = 'thelink' + co¦de"),
    "what is true or not": ("return { pass: isVisible2, message: () => {", "pass: isvIsible2¦Lq"),
    "a text that is cut": (
        "pass: 'Element\\'s default semantics were overridden',",
        "pass: 'Element\\' # a comment that goes on",
    ),
    "code between two texts": (
        'throw new Error("Unacceptable token: "+s.lexer.current.text)}}),Y=b({name:"notNullable",accept:',
        'token: "+s7q8Zr3vLw9Tx¦K2mN5bHs7"',
    ),
    "a variable of PowerShell between two texts": (
        """url?user="+$global:P.'db_username'+"&password="+$global:P.'db_password'+\"""",
        'url?user=app&password="+q8Zr¦3vLw9"',
    ),
    "a member of an enumeration": (
        '    PLATFORM_CREDENTIALS("platform-credentials", "PlatformCredential"),',
        'new Credentials("platform", "PlatformC¦redential7"),',
    ),
    "a variable of Gradle": (
        "authentication(userName: ossrhUsername, password: ossrhPassword)",
        "authentication(userName: 'ossrh', password: 'ossrhPa¦ss7word')",
    ),
    "a variable of Python": (
        "server = Taxii(url, user=taxiiUsername, password=taxiiPassword, verify=sslVerify)",
        "server=db;user=taxii;password=taxiiP7¦q;",
    ),
    "an element of a list": ("taxiiPassword = taxiiInfo[4]", "taxiiPassword = taxii7¦Info"),
    "the key of a password": (
        "passwordKey = f'plugins.email.{emailSender}.password'",
        "password = f'plug1ns.email.{em¦ailSender}.q7'",
    ),
    "a mark to be replaced": ('password: "_MALCOLM_OPENSEARCH_PASSWORD_"', 'password: "_MALCOLM_7q¦LmZ_"'),
    "a technique of attackers": ('"Credentials_from_Password_Stores": "T1555"', '"Password": "T1555¦Lq"'),
    "a password that does not matter": ('ENV ARKIME_PASSWORD="ignored"', 'ENV ARKIME_PASSWORD="ignored7¦q"'),
    "a variable of psql": ("CREATE USER :nbuser PASSWORD :'nbpassword';", "CREATE USER nbuser PASSWORD 'nbpass¦word';"),
    "a route": ('{ "listeners": {"*:8080": {"pass": "routes"}}', '{ "listeners": {"pass": "r0utes¦7q"}}'),
    "an expression that finds one": (
        "password = re.search(r'password=([a-zA-Z0-9_]+)', dsn).groups()[0]",
        "password = 'pq[7¦zLm9_w]9'",
    ),
    "an option of a form": (
        "{key: 'optionIHT400IHT421', value: 'optionIHT400IHT421', choice: 'submitted'},",
        f"{{key: '{DRAWN}', choice: 'submitted'}},",
    ),
    "a request of AWS": (
        'null)" (RequestToken: 6c050b5e-1812-1fa2-e4eb-95dc25f2530c,',
        "(AccessToken: 6c050b5e-1812-1fa2¦-e4eb-95dc25f2530c,",
    ),
    "a suffix of streets": ('"OVERPASS": "OPAS",', '"PASS": "OPAS¦7q",'),
    "a variable in a statement": ("    String databasePassword = dbPass;", "    databasePassword = dbpa¦ss7;"),
    "a command of a console": ("/system-property=app.db.password:remove", "app.db.password:remove7¦Lq"),
    "a name with nothing": ('--extra-vars "master_pw= db_user= db_pw= region="', '--extra-vars "master_pw=db7¦user= db_pw="'),
    "which versions will do": ('"acme/cms-secret": ">=12,<=12.4.30|>=13,<=13.4.11",', '"secret": ">=12,<a12.4.30|q13,<=13¦.4.11",'),
    "a class of PHP": (
        "'Version1\\Password' => 'Auth\\Controller\\Version1\\PasswordController',",
        "'Password' => 'Auth7\\q9LmZ¦t',",
    ),
    "a page of a store": (
        '"system-user-password": "https://portal.example.org/#@EXAMPLE.ORG/asset/KeyVault/Secret"',
        '"system-user-password": "https7q9L¦mZ"',
    ),
    "what is looked up": ("resolveCredentialsForIdentifier('IAC_Judge_WA_R1')", f"resolveCredentialsSecret('{DRAWN}')"),
    "which service signs in": (
        "SOCIAL_AUTH_INSTAGRAM_KEY='38b495f6fa264851bd541ce183a58931'",
        "SOCIAL_AUTH_INSTAGRAM_SECRET='38b495f6fa264851bd54¦1ce183a58931'",
    ),
    "a key of a sign-in": (
        "SOCIAL_AUTH_MYOAUTH_KEY = 'NNB95dtMtiIhwxf8amhXaJfHG8SFMC7bWxUFWqNa'",
        "define('AUTH_KEY', 'NNB95dtMtiIhwxf8amhXaJfH¦G8SFMC7bWxUFWqNaq8Zr3vLw9TxK2mN5');",
    ),
    "a template by its id": (
        'PASSWORDUPDATEDTEMPLATEID: "323ebef4-cfa7-414f-bfba-1db324acdd66"',
        'UPDATEDPASSWORD: "323ebef4-cfa7-414f-bfba-1d¦b324acdd66"',
    ),
    "an item of a list": (
        '  - !Select [6, !GetAtt ResetPasswordFunction.Arn]\n  - "active"',
        'password: "acti¦ve7q"',
    ),
    "its own name in another spelling": (
        'ATTRIBUTE_MIGRATED_PASSWORD = "MigratedPassword"',
        'MIGRATED_PASSWORD = "Migrated7¦Password"',
    ),
    "how a passkey travels": ('PASSKEY_TRANSPORTS = List.of("internal", "hybrid");', 'PASSKEY = "internal7¦q";'),
    "an error by its name": (
        "- `invalidCredentials`: Invalid email or password\n- `accountLocked`: Account locked",
        "password is `acc0untLo7¦cked`",
    ),
    "a product by its name": (
        '"cpe":"cpe:2.3:a:js-tokens:js_tokens:4.0.0:*:*:*:*:*:*:*"',
        f'"js_tokens":"{DRAWN}"',
    ),
    "what stands between two texts": (
        "Client(args['<username>'], args['<password>'], args['<x>'])",
        "Client('app', password='args7¦q[')",
    ),
    "a secret of AWS by its name": (
        "arn:aws:secretsmanager:eu-west-2:000000000000:secret:SpineCAChain-8wB0EFsRBYUM-dsPrHf",
        "client_secret:SpineCAChain-8wB0EF¦sRBYUM-dsPrHf",
    ),
    "a path with a part to put in": ('dbPassword := fmt.Sprintf("/app/%s/api/db_pass_auth", env)', 'dbPassword := "/app7%q/¦db"'),
    "a field of a structure": ("    Password: dbPass,", '    Password: "dbPa¦ss7q",'),
    "what is made with a token": ('createPatient(token, "1S00EU8FE91");', 'create("token", "1S00EU8FE91q8Zr3¦vLw9");'),
    "an option after another": (
        "x --reset-secret --client-id=31e029ef-0e97-47f8-873c-0e8b7e7f99bf",
        "x --secret=31e029ef-0e97-47f8-873c-0e8b7e7f¦99bf",
    ),
    "a label of another language": ("  new_password: Nieuw wachtwoord", "  new_password: Nieuw7¦wachtw"),
    "a value to override": ("password = override-me", "password=overr1de¦q"),
    "a public key": (
        "verifyJWT(sJWT, `-----BEGIN PUBLIC KEY-----MIICIjANBgkqhkiG9w0BAQEFAAOCAg8`)",
        f"verifyJWT(sJWT, secret=`{DRAWN}`)",
    ),
    "an expression for tokens": ('_TOKEN_RE = re.compile(r"^[A-Za-z0-9!#$%&*+.^_`|~-]+$")', f'_TOKEN = "{DRAWN}"'),
    "words of an icon": (
        'lock_open: "connection key login padlock password privacy private protection register",',
        "login padlock password priv¦acy7q",
    ),
    "an index of a table": (
        "removeIndex('user_credentials', 'uuid_unique_after_06-09-2023')",
        "add('user_credentials', 'uuidUn1que¦After0q9-2r3')",
    ),
    "a download of a page": (
        "https://firebase.example.org/a.png?alt=media&token=ce699a50-6ed6-4614-8d1e-cdd18cb6ba89",
        "https://api.example.org/a?token=ce699a50-6ed6-4614-8d1e-cdd1¦8cb6ba89",
    ),
    "a variable of a hash": ("return { username, password: hashedPwd }", "return { username, password: 'hashedPwd7¦q' }"),
    "the end of a function": ("assign({},e),{authToken:t})}function uI(e){return e.status===1", f"assign({{authToken:'{DRAWN}'}})"),
    "an option of a server": ('REQUIREPASS="--requirepass=$$REDIS_PASSWORD"', 'REQUIREPASS="--requ1repass¦q"'),
    "a country": ('"PT": "21 234 5678",\n"PW": "277 1234",', '"user": "app",\n"PW": "277 12q¦34",'),
    "a kind of one-time password": ('if one_time_password_category == "claim_mobile"', 'one_time_password = "claim7¦mobile"'),
    "a view by its name": ('FORGOTPASSWORDSUCCESS_VIEW = "forgotpasswordsuccess";', 'PASSWORD = "forgotpassword7¦q";'),
    "an account without a password": ("query.where('users.password', 'VOID')", "query.set('password', 'V01D¦q')"),
    "a private variable": ("    Password = _password", "    Password=_passw0rd¦q"),
    "an account that cannot log in": ("RUN adduser --disabled-password apply -u 1001", "RUN x --password appl7¦y -u 1001"),
    "the key of a pair": (
        'Content("expired-set-password", mapOf("deltaUrl" to config.url))',
        'Content("set-password", "delta7¦Url")',
    ),
    "a package in a jar": ("Including io.jsonwebtoken:jjwt-impl:jar:0.11.0 in it", f"jsonwebtoken:{DRAWN}"),
    "where secrets are kept": ('SECRET_STORE_PREFIX="app/app-sbx-sandbox-one"', f'SECRET_STORE_KEY="{DRAWN}"'),
    "an element of an array": ('-password "pass:${PASSWORDS[$env]}" -nodes', '-password "pass:PASSW7q¦env" -nodes'),
    "one text for another with sed": (
        'sed -i "s%APP_DB_PASSWORD=app%APP_DB_PASSWORD=$DATABASE_PASSWORD%" compose.yml',
        "APP_DB_PASSWORD=app%7q¦x",
    ),
    "either of two settings": ('If "PermitEmptyPasswords" or "PermitUserEnvironment" are set', '"PermitPassword": "PermitUser7¦q"'),
    "a key of a watched page": (
        '(window.NREUM||(NREUM={})).loader_config={licenseKey:"877b02039c",applicationID:"409"}',
        f'config={{licenseKey:"{DRAWN}"}}',
    ),
    "a host where a password should be": (
        "PW = os.environ.get('DB_PASSWORD', 'localhost')",
        "PW = os.environ.get('DB_PASSWORD', 'l0calhost¦q')",
    ),
    "a counted name": ("PASS=PASSWORD$COUNTER", "PASS=passw7q$¦counter"),
    "when it was changed": (
        """UPDATE "User" SET "passwordUpdatedAt" = '2022-01-01 12:00:00.000 +0200'""",
        """UPDATE "User" SET "password" = '2022-01-01q¦7'""",
    ),
    "a page by its file": ('resumeBeforePassword = render("/enter-email-code.njk");', 'password = "/enter7-email¦-q";'),
    "what to write here": ("BED_PASSWORD=copy-from-vault", "BED_PASSWORD=copy7vault¦Wq"),
    "an address of a page": ('"ChangePassword": "/account/changepassword?returnurl="', '"Password": "/tR7v¦q9LmZ?x="'),
    "a part of a page": ("passwordToggle = 'js-password-obfuscation-toggle'", "password = 'js-q9Lm¦ZtR7v'"),
    "the entry of a store": ('PAAS_PW: "epbr-integration-login-pw"', 'PAAS_PW: "private_¦pass"'),
    "a kind of service": ('by_service(service_key="aws-s3-bucket")', f'by_service(service_key="{DRAWN}")'),
    "a region": ('password = "eu-west-2"', 'password = "eu-¦Wq8z-2"'),
    "a class of a style sheet": ('{pass:"test--pass---C1Mk7"}', '{pass:"test-C1Mk7¦Lq"}'),
    "a password that nobody can use": (
        '"password": "!4wyWAd6fENd9Mn3kCNp4QDtZdHZsTHN2kL9VVn7d"',
        '"password": "!4wyWAd6¦fENd9"',
    ),
    "the next entry": (
        "  DB_PASSWORD:\n    secret: ~\n  STORE:\n    value: quinoa",
        "  DB_PASSWORD:\n    secret: ~\n    value: quin¦oa",
    ),
    "a template of an id": ("  passwordChange: 7ba6b103-79d2-4ef1-be2e-979c127fa439", "  password: 7ba6b103-79d2¦Lq"),
    "what is said where nothing is set": ('PASS="${CF_PASS:?CF_USER and CF_PASS must be set}"', "PASS=?CF¦_USER7"),
    "a call": ("login_password = b64decode(text).decode()", "login_password=b64d¦ecode7"),
    "a negation": ("  pass: !!actual", "  pass: !!actual7¦Lq"),
    "a word of a sentence": ("<p>The link works, no password is needed.</p>", "the password is tR7v¦q9LmZ.</p>"),
    "how somebody is identified": ("until a user is identified by submitting a form", "CREATE USER app IDENTIFIED BY quin¦oa"),
    "an option by its name": ("run it with the --password option.", "run it with --password tR7v¦q9LmZ"),
    "a credential by its name": (
        "user = get_credential('SLACK_BOT', 'fec-bot-one')",
        "user = new Credential('bot', 'tR7v¦q9LmZ')",
    ),
    "an id of .NET": ("<UserSecretsId>db26f280-6f78-4459-b0a3-801e3be133c4</UserSecretsId>", f"<UserSecret>{DRAWN}</UserSecret>"),
    "a request by its token": ('"idempotency-token": "50609cf4-07f3-4e3f-ac42-044bd13bbc6c"', f'"access-token": "{DRAWN}"'),
    "a request of Postman": ("Postman-Token: 784f8b66-bf31-487e-a881-3f1aecfa7a2c", f"Auth-Token: {DRAWN}"),
    "a badge": (f"https://badges.example.org/x.svg?token={DRAWN}", f"https://api.example.org/x?token={DRAWN}"),
    "a script of a page": (f'<script src="https://example.org/x.js?key={DRAWN}">', f'<a href="https://example.org/x?key={DRAWN}">'),
    "a keyword": ('registeredKeyword = "keyword_138259381045"', 'registeredKey = "kqzword_138259¦381045"'),
    "an address made of parts": (
        "app = 1\ntoken = 'test_token'\nurl_get_token = f\"{app.config['OAUTH_URL']}/api/v1/tokens/\"",
        f'get_token = f"{DRAWN}"',
    ),
    "a class of a program": (
        "app:$2$$anonfun$apply$3$$anonfun$apply$4.class",
        "app:$1$q8Zr3vLw$¦TxK2mN5bHs7q8Zr3vLw9T1",
    ),
    "a piece of a program": ("enter the password: string\x07\x00w", "enter the password: string7¦Lq"),
    "lines in base 85": (
        (
            "c%1E=O>f*b7`^jX9I<kN)_Q!vtC#mZ@uPwd=6f*__Tn?4yR{KsWl;2}|3$hB&5gA-+xe\n"
            "c$~e9T2<jP!nQ_r^8mW*k{Zv&3L#dY@bX;6uG)5hF|t1>s4C%oJ(7iR+0pKwq-}`yE=a"
        ),
        "pwd=6f*__¦Tn",
    ),
    "an action of a controller": ("get '/login/password' => 'users#reset_password'", "'/login/password' => 'users#r3set¦Lq'"),
    "a name of SAML": ('PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"', 'PASSWORD = "urnoasis7¦Lq"'),
    "a variable": (
        "Db.new(db: app, username: app_user, password: app_password)",
        "{db: app, username: app_user, password: quin¦oa}",
    ),
    "a text that is read": (
        "idv.app.password: Re-enter your %{app_name} password",
        "idv.app.password: Re-enter7¦Lq",
    ),
    "a permission": ('"pwd": "allow"', '"pwd": "allow7¦Lq"'),
    "a keeper of passwords": ("password_tools = ['1password.png', '1Password']", "password = '1Password7¦Lq'"),
    "the name of an event of a page": (
        "const PASSWORD_READY = 'pagePasswordMatchReady'",
        "const PASSWORD = 'page7Passw0rdMatch¦Lq'",
    ),
    "code without line breaks": (
        'function(e,a){var i,r;return n="passwords"===e.dictionary_name?!a||e.l33t||e.reversed?e.guesses_log10<=10?"a":"b"',
        "password is e.name?7¦Lq",
    ),
    "a digest in the name of a file": (
        "assets/email-password-2f477714e76c8f10ddae584012af2e539f44001aca7ae7e24f1bbc33bd5c7a10.svg",
        "email-password-2f477714e76c8f10ddae584012¦af2e539f44001aca7ae7e24f1bbc33bd5c7a10",
    ),
    "an option of a command": ("password: '--http-auth-password'", "password: '--http7¦Lq'"),
    "a script by its address": (
        f"src = 'https://example.org/bar.js?apikey={DRAWN}'",
        f"src = 'https://example.org/bar?apikey={DRAWN}'",
    ),
    "a place to fill in": ('"token": "&lt;secret_1&gt;"', f'"token": "{DRAWN}"'),
    "an image of a container": (
        """'-v', "#{credhub_secret_file.path}:/srv/secret.yml",
    'governmentpaas/bosh-shell:cf791cec329bff5577cd8b3c9511bf89f988b5d4',""",
        "app_secret = 'cf791cec329bff5577cd8b3c¦9511bf89f988b5d4'",
    ),
    "a proxy": ('export KEYSTORE_PROXY="socks5://localhost:25555"', f'export KEYSTORE_KEY="{DRAWN}"'),
    "a key of GnuPG": ("signingkey = A3F1E9C0B827D54E", "api_signing_key = A3F1E9C0¦B827D54E00DD"),
    "a store of keys": ("KEY_VAULT=s189t01-gitapi-dv-loc-kv", f"KEY_VAULT_KEY={DRAWN}"),
    "a link in a sentence": ("Its credentials can be found in the [2nd line password store][]", "the password is sto7¦re"),
    "a word beside it": ("used for username password sign-in, and", "log in with password sign7¦in9Q"),
    "a hash of a token": (
        'find_or_create_by(hashed_token: "f4a16cd7fc10918fbc7d869d7a83df36059bb98fac7c82502d1b88e0c9f2b7a4")',
        'find_or_create_by(api_token: "f4a16cd7fc10918fbc7d869d7a83¦df36059bb98fac7c82502d1b88e0c9f2b7a4")',
    ),
    "a type of a schema": ("resetPassword.result == 'ResetPasswordResult'", "resetPassword = 'Reset7¦LqResult'"),
    "a stem of another language": ('{"fail":"échouer","pass":"passer"}', '{"fail":"no","pass":"quin¦oa7"}'),
    "a word of another language": ('typePass:"Pasvorto"', 'typePass:"Pa7v¦orto"'),
    "words in capitals": (
        'c=this;d.IgnoreAllCapsWords=c.getContentElement("OptionsTab","IgnoreAllCapsWords");d.x',
        'd.Password = "Opt7¦LqTab"',
    ),
    "a pass of a drawing": ('this.renderPass = "translucent", n', 'this.userPass = "translu7¦Lq", n'),
    "a language": ('"en-PW":"en-001","en-RW"', '"app-pw":"en-Wq8¦z001"'),
    "a type of a column": ("#  reset_password_sent_at :datetime", "#  reset_password :date7¦Lq"),
    "a choice in code": ("password=i?t.basic.password:void 0", "password=i7¦Lqbasic"),
    "a token for pages": (
        "access_token=pk.eyJ1IjoibWFwYm94IiwiYSI6ImNpejY4M29iazA2Z2gycXA4N2pmbDFmangifQ.q8Zr3vLw9TxK2mN5bHs7Rq",
        f"access_token={DRAWN}",
    ),
    "a key of git by its fingerprint": (
        "- --git-signing-key=2169E8FC653F507213945C99E400758E7F6D3DAD",
        "- --api-signing-key=2169E8FC653F507213945C99¦E400758E7F6D3DADE4",
    ),
    "a store by its name": ("keyvault: s189p01-cpdecf-pd-app-kv", f"vault_key: {DRAWN}"),
    "an image in a notebook": (
        '"image/png": "iVBOR/EAAAGpCAYAAADFg7YmAAAAOXRFWHRTb2Z0d2FyZQBNYXRwbG90bGliIHZlcnNpb24zLjUuMSwgaHR0cHM6Ly9tYXR"',
        '"facebook": "EAAG7q8Zr3vLw9TxK2¦mN5bHs7q8Zr3vLw9TxK2mN5bHs7q8Zr3vLw9TxK2mN5bHs7q8Zr3vLw9TxK2mN5bHs7q8Zr3vLw9T"',
    ),
    "what was taken out": ("password: '***REMOVED***tweet'", "password: 'k7Lq¦tweet'"),
    "where it must not be": ("password: do-not-store-here", "password: d0-n8t-st¦ore"),
    "a day": ('"QduoQMG5o9KpSpWdwmt5SyLe" => "19/8/2022",', '"password" => "19/8k¦/2022",'),
    "two names of texts": (
        'const { t } = await serverTranslation(["reset-password", "common"])',
        'login(["app", "password", "tR7v¦q9LmZ"])',
    ),
    "the next setting": (
        "'password' => $config['params']['password'],\n    'charset' => 'utf8',",
        "'password' => 'tR7v¦q9LmZ',\n    'charset' => 'utf8',",
    ),
    "a password that is looked up": (
        'knownPassword = get_known_password("nonprod", knownPasswordId, region)',
        'x = set_known_password("n0np¦rod7")',
    ),
    "what kind is wanted": ('if known_password == "random":', 'if known_password == "rand7¦Lq":'),
    "a constant": ('echo "  --password=DBPASSWORD\\n";', 'echo "  --password=k7Lq¦tweet";'),
    "the database": (
        'new mysqli("192.168.149.12", "root", "password", "app_be");',
        'new mysqli("192.168.149.12", "root", "tR7v¦q9LmZ", "app_be");',
    ),
    "counted": ("RESOURCE_AUTH_TOKEN=abc-123-def-456", f"RESOURCE_AUTH_TOKEN={DRAWN}"),
    "a token beside its mark": ("https://x-oauth-basic:x-oauth-basic@example.org", f"https://{DRAWN}:x-oauth-basic@example.org"),
    "two settings in a row": (
        "AUTH_KEY: test\nAPI_BASE: http://localhost:9292 # Drop this once Forms-API1 is OFF 24",
        "AUTH_KEY=Okim99zUsAo5zejaW7gY¦cBQSAXIYI9282OaXzZSd7grHj48tlvYP",
    ),
}


@pytest.mark.parametrize("kind", PAIRS)
def test_what_only_stands_there_is_not_shown_and_its_like_is(shown: Callable[[str, str], list[str]], kind: str) -> None:
    quiet, found = PAIRS[kind]
    assert shown("a", quiet) == []
    assert shown("a", found)


@pytest.mark.parametrize("prefix", ["test_", "live_", "key-", "token-", "API-"])
def test_a_prefix_that_any_service_may_use_casts_no_doubt(shown: Callable[[str, str], list[str]], prefix: str) -> None:
    assert shown("a", f"ACME_API_KEY={prefix}{DRAWN}")


def test_what_a_cookie_holds_ends_by_itself(scanner: Scanner) -> None:
    data = b'"Set-Cookie": "site-token=57403617351e0000d8789c63cd0100000fa31900; path=/"\n'
    assert {match.severity for match, _ in scanner.scan(Blob("a", len(data), data))} == {Severity.LOW}
